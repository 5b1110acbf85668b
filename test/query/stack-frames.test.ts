import { describe, expect, test } from 'vitest';
import { parseStack } from '../../src/query/stack-frames.ts';

/** `code @ place`, own code marked by a star. */
function framesOf(stack: string): string[] {
  return parseStack(stack).frames.map(
    ({ code, place, own, cause }) =>
      `${cause ? '! ' : own ? '* ' : '  '}${code}${place === '' ? '' : ` @ ${place}`}`,
  );
}

describe('frames of', () => {
  test('Java, with the cause below', () => {
    const stack = [
      'java.lang.IllegalStateException: no stock',
      '\tat com.shop.Cart.add(Cart.java:12)',
      '\tat java.base/java.util.ArrayList.forEach(ArrayList.java:1511)',
      '\tat app//org.springframework.web.Servlet.do(Servlet.java:9)',
      '\t... 12 more',
      'Caused by: java.io.IOException: reset',
      '\tat com.shop.Stock.read(Stock.kt:4)',
      '\tat sun.nio.ch.Net.poll(Native Method)',
    ].join('\n');
    expect(parseStack(stack).language).toBe('Java');
    expect(framesOf(stack)).toEqual([
      '* com.shop.Cart.add @ Cart.java:12',
      '  java.util.ArrayList.forEach @ ArrayList.java:1511',
      '  org.springframework.web.Servlet.do @ Servlet.java:9',
      '! Caused by: java.io.IOException: reset',
      '* com.shop.Stock.read @ Stock.kt:4',
      '  sun.nio.ch.Net.poll @ Native Method',
    ]);
  });

  test('Python, the innermost first', () => {
    const stack = [
      'Traceback (most recent call last):',
      '  File "/usr/lib/python3.11/site-packages/flask/app.py", line 1484, in full_dispatch_request',
      '    rv = self.dispatch_request()',
      '  File "/app/cart.py", line 12, in add_item',
      '    raise ValueError("no")',
      'ValueError: no',
    ].join('\n');
    expect(framesOf(stack)).toEqual([
      '* add_item @ /app/cart.py:12',
      '  full_dispatch_request @ /usr/lib/python3.11/site-packages/flask/app.py:1484',
    ]);
  });

  test('JavaScript, of Node and of Firefox', () => {
    const node = [
      'Error: no',
      '    at async Cart.add (/app/cart.js:10:5)',
      '    at /app/node_modules/express/router.js:1:2',
      '    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)',
    ].join('\n');
    expect(framesOf(node)).toEqual([
      '* Cart.add @ /app/cart.js:10:5',
      '   @ /app/node_modules/express/router.js:1:2',
      '  process.processTicksAndRejections @ node:internal/process/task_queues:95:5',
    ]);
    expect(framesOf('add@https://shop.example/cart.js:1:2\n@https://shop.example/cart.js:3:4')).toEqual([
      '* add @ https://shop.example/cart.js:1:2',
      '*  @ https://shop.example/cart.js:3:4',
    ]);
  });

  test('Go', () => {
    const stack = [
      'goroutine 1 [running]:',
      'runtime/debug.Stack()',
      '\t/usr/local/go/src/runtime/debug/stack.go:24 +0x65',
      'example.com/shop/cart.(*Cart).Add(0x1, {0x2})',
      '\t/app/cart/cart.go:12 +0x1d',
      'created by net/http.(*Server).Serve in goroutine 7',
      '\t/usr/local/go/src/net/http/server.go:3086 +0x5cb',
    ].join('\n');
    expect(parseStack(stack).language).toBe('Go');
    expect(framesOf(stack)).toEqual([
      '  runtime/debug.Stack @ /usr/local/go/src/runtime/debug/stack.go:24',
      '* example.com/shop/cart.(*Cart).Add @ /app/cart/cart.go:12',
      '  net/http.(*Server).Serve @ /usr/local/go/src/net/http/server.go:3086',
    ]);
  });

  test('.NET', () => {
    const stack = [
      'System.InvalidOperationException: no',
      '   at Shop.Cart.Add(String item) in C:\\src\\Cart.cs:line 12',
      '   at System.Threading.Tasks.Task.Execute()',
    ].join('\r\n');
    expect(framesOf(stack)).toEqual([
      '* Shop.Cart.Add(String item) @ C:\\src\\Cart.cs:12',
      '  System.Threading.Tasks.Task.Execute()',
    ]);
  });

  test('Ruby and PHP', () => {
    expect(
      framesOf("/app/cart.rb:12:in `add'\n/usr/lib/ruby/gems/3.2/gems/rack/lib/rack.rb:9:in 'call'"),
    ).toEqual(['* add @ /app/cart.rb:12', '  call @ /usr/lib/ruby/gems/3.2/gems/rack/lib/rack.rb:9']);
    expect(
      framesOf('#0 /app/Cart.php(12): Cart->add()\n#1 /app/vendor/x/y.php(3): run()\n#2 {main}'),
    ).toEqual(['* Cart->add() @ /app/Cart.php:12', '  run() @ /app/vendor/x/y.php:3']);
  });

  test('what is no stack are none', () => {
    expect(parseStack('it broke\nsomewhere')).toEqual({ language: '', frames: [] });
    expect(parseStack('')).toEqual({ language: '', frames: [] });
  });

  test('a hostile stack come to an end', () => {
    expect(parseStack(`at ${'a('.repeat(100_000)}`).frames.length).toBeLessThanOrEqual(200);
    expect(parseStack(`  File "${'x'.repeat(100_000)}`).frames).toEqual([]);
    expect(parseStack('\tat a.b(C.java:1)\n'.repeat(5000)).frames).toHaveLength(200);
  });
});
