/** A small drawn system that several browser tests use. */
import { trace } from '../support/trace-text.ts';

/** A browser, a web server, two services and a database; one of the two checkouts fails. */
export const SHOP = trace(`
  shop-web    click on "Buy"    internal  200ms  app
    shop-web  GET /buy          client    180ms
      nginx       GET /buy      server    170ms  component=proxy
        nginx     GET           client    165ms
          cart    POST /cart/7  server    160ms  200  instance=cart-1
            cart     SELECT     client     20ms  db.system=mysql  db.namespace=carts
            cart     pay        client    100ms
              payment  POST /pay  server   90ms  200
  shop-web    click on "Buy"    internal  300ms  app  at=60000ms
    shop-web  GET /buy          client    280ms
      nginx       GET /buy      server    270ms  500  component=proxy
        nginx     GET           client    265ms
          cart    POST /cart/8  server    260ms  500  instance=cart-2
            cart     pay        client    100ms  500
              payment  POST /pay  server   90ms  500  error=card refused
`);

/** A trace that other files continue: its last call has no callee here. */
export const OUTER = trace(`
  shop-web    click on "Search"  internal  200ms  app  trace=f1  id=a1
    shop-web  GET /search        client    180ms  trace=f1  id=a2
`);

export const INNER = trace(`
  search  GET /search  server  150ms  trace=f1  id=b1  parent=a2  503
`);
