/**
 * Who starts a trace, and how often. To add a journey: one entry here; what it calls stands in
 * operations.ts.
 */
import { ANDROID, IOS, WEB } from './services.ts';
import {
  ask,
  call,
  click,
  load,
  partner,
  publish,
  query,
  renderedPage,
  schedule,
  submit,
  tap,
  unseenCaller,
  work,
  type Journey,
} from './vocabulary.ts';

export const JOURNEYS: readonly Journey[] = [
  // Looking around
  renderedPage({ app: WEB, page: '/', weight: 9 }, 'frontend GET /'),
  load({ app: WEB, page: '/blog', weight: 12 }, call('frontend GET /api/blog')),
  click('Read more', { app: WEB, page: '/blog', weight: 6 }, call('frontend GET /api/blog/{postId}')),
  submit('Login', { app: WEB, page: '/login', weight: 6 }, call('frontend POST /api/login')),
  click('Loyalty', { app: WEB, page: '/account', weight: 3 }, call('frontend GET /api/loyalty')),

  // Travel
  submit('Search', { app: WEB, page: '/trips', weight: 14 }, call('frontend GET /api/search')),
  load(
    { app: WEB, page: '/trips/{tripId}', weight: 9 },
    call('frontend GET /api/trips/{tripId}'),
    ask('maps.googleapis.com GET /maps/api/staticmap', { takes: 85, handled: true }),
  ),
  click('Book now', { app: WEB, page: '/trips/{tripId}', weight: 15 }, call('frontend POST /api/bookings')),
  tap('Search', { app: IOS, page: 'SearchScreen', weight: 4 }, call('frontend GET /api/search')),
  tap('Book now', { app: IOS, page: 'TripScreen', weight: 5 }, call('frontend POST /api/bookings')),
  tap('Book now', { app: ANDROID, page: 'TripActivity', weight: 3 }, call('frontend POST /api/bookings')),

  // Shop
  click(
    'Show product',
    { app: WEB, page: '/shop', weight: 8 },
    call('frontend GET /api/products/{productId}'),
  ),
  click('Add to cart', { app: WEB, page: '/shop/{productId}', weight: 8 }, call('frontend POST /api/cart')),
  click('Pay', { app: WEB, page: '/cart', weight: 10 }, call('frontend POST /api/checkout')),
  click(
    'Get shipping quote',
    { app: WEB, page: '/cart', weight: 6 },
    call('frontend POST /api/shipping-quotes'),
  ),
  click(
    'Track parcel',
    { app: WEB, page: '/account/orders', weight: 7 },
    call('frontend GET /api/parcels/{parcelId}'),
  ),

  // Nobody clicked
  partner('partner-api GET /v2/offers', 5),
  partner('partner-api POST /v2/bookings', 3),
  schedule(
    'report-scheduler refresh_prices',
    2,
    query('trips', 'SELECT id FROM journeys WHERE departs > now()'),
    call('pricing PricingService/Quote', { times: 3 }),
    work('write report', 14),
    publish('notification-requests'),
  ),
  unseenCaller('search GET /search', 1),
  unseenCaller('journey GET /journeys/{journeyId}', 1),
];
