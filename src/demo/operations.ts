/**
 * What every service does when it is asked, top-down: pages, travel, shop, money, messages.
 * To add one: write an operation, and call it from another one or from a journey.
 *
 * The three stories:
 *  1. AdsForBlog fails always; the blog handles it.
 *  2. credit-card-verification fails in 3 % of its requests, in every third one inside the incident;
 *     nobody handles it, so it takes payment, booking or checkout and the click with it.
 *  3. www.fedex.com fails always: a quote falls back to a flat rate, tracking a parcel fails.
 */
import { ask, call, operation, publish, query, together, work, type Operation } from './vocabulary.ts';

const PAGES: readonly Operation[] = [
  operation(
    'frontend GET /',
    { takes: 9 },
    together(
      call('recommendation RecommendationService/ListRecommendations', { handled: true }),
      call('weather GET /forecast/{city}', { handled: true, chance: 0.5 }),
      call('catalog GET /products'),
    ),
    work('render page', 6),
  ),
  operation('frontend GET /api/blog', { takes: 5 }, call('blog GET /posts')),
  operation('frontend GET /api/blog/{postId}', { takes: 5 }, call('blog GET /posts/{postId}')),
  operation('frontend POST /api/login', { takes: 4 }, call('login POST /sessions')),
  operation('frontend GET /api/search', { takes: 7 }, call('search GET /search')),
  operation(
    'frontend GET /api/trips/{tripId}',
    { takes: 6 },
    call('journey GET /journeys/{journeyId}'),
    together(
      call('reviews GET /reviews/{tripId}', { handled: true }),
      call('weather GET /forecast/{city}', { handled: true }),
    ),
  ),
  operation(
    'frontend POST /api/bookings',
    { takes: 8 },
    query('cache', 'GET session:{id}'),
    call('booking POST /bookings'),
  ),
  operation('frontend GET /api/loyalty', { takes: 4 }, call('loyalty GET /accounts/{accountId}')),
  operation(
    'frontend GET /api/products/{productId}',
    { takes: 5 },
    call('catalog GET /products/{productId}'),
    call('recommendation RecommendationService/ListRecommendations', { handled: true }),
  ),
  operation('frontend POST /api/cart', { takes: 4 }, call('cart POST /cart/items')),
  operation(
    'frontend POST /api/checkout',
    { takes: 7 },
    query('cache', 'GET session:{id}'),
    call('checkout CheckoutService/PlaceOrder'),
  ),
  operation('frontend GET /api/parcels/{parcelId}', { takes: 4 }, call('shipping GET /parcels/{parcelId}')),
  operation('frontend POST /api/shipping-quotes', { takes: 4 }, call('shipping POST /quotes')),
  operation('partner-api GET /v2/offers', { takes: 5 }, call('search GET /search')),
  operation('partner-api POST /v2/bookings', { takes: 6 }, call('booking POST /bookings')),
  operation(
    'login POST /sessions',
    { takes: 35 },
    query('orders', 'SELECT id, password_hash FROM users WHERE email = $1'),
    query('cache', 'SET session:{id}'),
  ),
  operation(
    'blog GET /posts',
    { takes: 14 },
    query('content', 'find posts'),
    call('AdsForBlog GET /ads', { handled: true }),
  ),
  operation(
    'blog GET /posts/{postId}',
    { takes: 11 },
    query('content', 'find posts'),
    query('content', 'find comments'),
    call('AdsForBlog GET /ads', { handled: true }),
  ),
  operation('AdsForBlog GET /ads', { takes: 21, fails: { rate: 1, exception: 'no ad campaign' } }),
];

const TRAVEL: readonly Operation[] = [
  operation(
    'search GET /search',
    { takes: 22, fails: { rate: 0.004, exception: 'search deadline', after: 1500 } },
    query('cache', 'GET search:{id}'),
    call('search GET /shards/{shard}', { times: 2 }),
    call('pricing PricingService/Quote'),
  ),
  operation('search GET /shards/{shard}', { takes: 15 }),
  operation(
    'journey GET /journeys/{journeyId}',
    { takes: 13 },
    work('JourneyAssembler.assemble', 4, query('trips', 'SELECT * FROM journeys WHERE id = $1')),
    query('trips', 'SELECT * FROM stops WHERE journey_id = $1 ORDER BY position'),
    call('pricing PricingService/Quote'),
  ),
  operation(
    'weather GET /forecast/{city}',
    { takes: 6 },
    query('cache', 'GET forecast:{id}'),
    ask('api.openweathermap.org GET /data/2.5/forecast', {
      takes: 90,
      chance: 0.4,
      fails: { rate: 0.03, status: 429 },
    }),
  ),
  operation(
    'reviews GET /reviews/{tripId}',
    { takes: 8, fails: { rate: 0.006, exception: 'review cursor lost' } },
    query('content', 'aggregate reviews'),
  ),
  operation(
    'booking POST /bookings',
    { takes: 16, slowerInIncident: 1.5 },
    call('inventory POST /reservations'),
    call('pricing PricingService/Quote'),
    call('payment POST /payments'),
    work(
      'BookingRepository.save',
      2,
      query('trips', 'INSERT INTO bookings (id, user_id, trip_id, amount) VALUES (?, ?, ?, ?)'),
    ),
    call('loyalty POST /accounts/{accountId}/points', { handled: true }),
    publish('order-events'),
  ),
  operation(
    'loyalty GET /accounts/{accountId}',
    { takes: 5 },
    query('loyalty_points', 'SELECT balance FROM accounts WHERE user_id = ?'),
  ),
  operation(
    'loyalty POST /accounts/{accountId}/points',
    { takes: 7 },
    query('loyalty_points', 'UPDATE accounts SET balance = balance + ? WHERE user_id = ?'),
    publish('notification-requests', { chance: 0.3 }),
  ),
];

const SHOP: readonly Operation[] = [
  operation('catalog GET /products', { takes: 5 }, query('content', 'find products')),
  operation('catalog GET /products/{productId}', { takes: 4 }, query('content', 'findOne products')),
  operation(
    'recommendation RecommendationService/ListRecommendations',
    {
      takes: 18,
      fails: { rate: 0.012, exception: 'model not loaded' },
    },
    call('catalog GET /products'),
  ),
  operation(
    'cart POST /cart/items',
    { takes: 4 },
    query('cache', 'HSET cart:{id}'),
    call('inventory GET /stock/{productId}'),
  ),
  operation('cart GET /cart/{cartId}', { takes: 3 }, query('cache', 'HGETALL cart:{id}')),
  operation(
    'inventory GET /stock/{productId}',
    { takes: 4 },
    query('orders', 'SELECT available FROM stock WHERE product_id = ?'),
  ),
  operation(
    'inventory POST /reservations',
    { takes: 9 },
    query('orders', 'SELECT available FROM stock WHERE product_id = ? FOR UPDATE'),
    query('orders', 'UPDATE stock SET available = available - ? WHERE product_id = ?'),
    ask('legacy-erp.corp.internal POST /soap/reservations', { takes: 60, chance: 0.3 }),
  ),
  operation(
    'checkout CheckoutService/PlaceOrder',
    { takes: 11, slowerInIncident: 1.5 },
    call('cart GET /cart/{cartId}'),
    call('currency CurrencyService/Convert'),
    call('inventory POST /reservations'),
    call('payment POST /payments'),
    query('orders', 'INSERT INTO orders (id, user_id, total) VALUES ($1, $2, $3)'),
    publish('order-events'),
  ),
  operation(
    'shipping GET /parcels/{parcelId}',
    { takes: 6 },
    query('orders', 'SELECT carrier, tracking_number FROM parcels WHERE id = $1'),
    ask('www.fedex.com GET /track/v1/trackingnumbers', {
      takes: 310,
      attempts: 2,
      fails: { rate: 1, status: 503 },
    }),
  ),
  operation(
    'shipping POST /quotes',
    { takes: 5 },
    ask('www.fedex.com POST /rate/v1/rates/quotes', {
      takes: 260,
      handled: true,
      fails: { rate: 1, status: 503 },
    }),
    work('flat rate', 1, query('orders', 'SELECT price FROM flat_rates WHERE country = $1')),
  ),
];

const MONEY: readonly Operation[] = [
  operation(
    'payment POST /payments',
    { takes: 12 },
    work(
      'PaymentService.authorize',
      3,
      call('credit-card-verification POST /verifications'),
      ask('api.stripe.com POST /v1/charges', { takes: 140, fails: { rate: 0.003, status: 402 } }),
    ),
    query('orders', 'INSERT INTO payments (id, order_id, amount) VALUES (?, ?, ?)'),
  ),
  operation(
    'credit-card-verification POST /verifications',
    {
      takes: 28,
      slowerInIncident: 9,
      fails: { rate: 0.03, incidentRate: 0.34, exception: 'card network timeout', after: 2000 },
    },
    query('cache', 'GET card-risk:{id}'),
    ask('hsm-01.corp.internal POST /sign', { takes: 12 }),
  ),
  operation(
    'pricing PricingService/Quote',
    { takes: 7 },
    query('cache', 'MGET price:{id}'),
    call('currency CurrencyService/Convert', { chance: 0.6 }),
  ),
  operation(
    'currency CurrencyService/Convert',
    { takes: 1.5 },
    ask('api.exchangeratesapi.io GET /v1/latest', { takes: 75, chance: 0.05 }),
  ),
];

const MESSAGES: readonly Operation[] = [
  operation(
    'email process order-events',
    { takes: 12 },
    work('render confirmation', 9),
    ask('api.sendgrid.com POST /v3/mail/send', {
      takes: 180,
      attempts: 3,
      fails: { rate: 0.06, status: 500 },
    }),
  ),
  operation('fraud-detection process order-events', { takes: 30 }, query('content', 'insert fraud_scores')),
  operation(
    'notification process notification-requests',
    { takes: 6 },
    ask('api.push.apple.com POST /3/device/token', { takes: 55 }),
  ),
];

export const OPERATIONS: readonly Operation[] = [...PAGES, ...TRAVEL, ...SHOP, ...MONEY, ...MESSAGES];
