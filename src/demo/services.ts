/** Who is there: the services of "EasyTrips & Shop", their databases and their topics. */

export type Language =
  | 'java'
  | 'nodejs'
  | 'python'
  | 'go'
  | 'dotnet'
  | 'php'
  | 'ruby'
  | 'cpp'
  | 'nginx'
  | 'webjs'
  | 'swift'
  | 'android';

/** Which generation of OpenTelemetry's semantic conventions a process speaks. */
export type Conventions = 'old' | 'new';

type Namespace = 'easytrips' | 'shop' | 'travel' | 'platform';

interface ServiceOptions {
  readonly version: string;
  /** Not given: new. */
  readonly conventions?: Conventions;
  /** Not given: 2. Of an application: the kinds of browser or device. */
  readonly instances?: number;
  /** An Envoy sidecar stands before and behind it and writes spans under its name. */
  readonly sidecar?: true;
  /** Requests from outside reach it through this web server. */
  readonly behind?: string;
  /** Its instrumentation records the headers of the requests that come from outside. */
  readonly recordsHeaders?: true;
  /** The clock of its first instance is this far ahead (negative: behind), ms. */
  readonly clockSkewMs?: number;
}

export interface ServiceDescription extends ServiceOptions {
  readonly name: string;
  readonly namespace: string;
  readonly language: Language;
  readonly conventions: Conventions;
  readonly instances: number;
}

function service(
  path: `${Namespace}/${string}`,
  language: Language,
  options: ServiceOptions,
): ServiceDescription {
  const [namespace = '', name = ''] = path.split('/');
  return { name, namespace, language, conventions: 'new', instances: 2, ...options };
}

export const WEB = 'easytrips-web';
export const IOS = 'easytrips-ios';
export const ANDROID = 'easytrips-android';
/** Where the applications send their requests. */
export const HOME = { host: 'www.easytrips.example', port: 443 } as const;
export const HOME_URL = `https://${HOME.host}`;

const OLD = { conventions: 'old' } as const;
const BEHIND_NGINX = { behind: 'nginx-edge', recordsHeaders: true } as const;

export const SERVICES: readonly ServiceDescription[] = [
  service(`easytrips/${WEB}`, 'webjs', { version: '5.14.0', instances: 6 }),
  service(`easytrips/${IOS}`, 'swift', { version: '3.8.1' }),
  service(`easytrips/${ANDROID}`, 'android', { version: '3.8.0' }),
  service('platform/nginx-edge', 'nginx', { version: '1.27.4', ...OLD, recordsHeaders: true }),
  service('easytrips/frontend', 'nodejs', { version: '2.31.0', instances: 4, ...BEHIND_NGINX }),
  service('easytrips/partner-api', 'nodejs', { version: '1.9.2', ...OLD, ...BEHIND_NGINX }),
  service('easytrips/login', 'java', { version: '4.2.0' }),
  service('easytrips/blog', 'php', { version: '6.4.3' }),
  service('easytrips/AdsForBlog', 'java', { version: '1.0.7', ...OLD, instances: 1 }),

  service('travel/booking', 'java', { version: '7.3.1', ...OLD, instances: 3 }),
  service('travel/journey', 'java', { version: '3.0.5', instances: 3 }),
  service('travel/search', 'go', { version: '0.48.0', instances: 4 }),
  service('travel/weather', 'python', { version: '2.2.0', ...OLD }),
  service('travel/reviews', 'python', { version: '1.12.4' }),
  service('travel/loyalty', 'java', { version: '5.5.0', ...OLD }),

  service('shop/catalog', 'nodejs', { version: '2.0.9' }),
  service('shop/cart', 'dotnet', { version: '1.7.0' }),
  service('shop/checkout', 'go', { version: '1.16.2', ...OLD }),
  service('shop/inventory', 'java', { version: '3.3.3', ...OLD, instances: 3, clockSkewMs: -35 }),
  service('shop/recommendation', 'python', { version: '0.9.1', ...OLD }),
  service('shop/shipping', 'ruby', { version: '2.4.1' }),

  service('platform/payment', 'java', { version: '8.1.0', instances: 3, sidecar: true }),
  service('platform/credit-card-verification', 'dotnet', { version: '4.0.0-rc.2', sidecar: true }),
  service('platform/pricing', 'go', { version: '1.22.0', instances: 3 }),
  service('platform/currency', 'cpp', { version: '1.2.0', ...OLD }),
  service('platform/fraud-detection', 'java', { version: '2.6.0', instances: 1 }),
  service('platform/email', 'python', { version: '1.3.1', instances: 1 }),
  service('platform/notification', 'nodejs', { version: '3.1.0', ...OLD, instances: 1 }),
  service('platform/report-scheduler', 'python', { version: '0.4.2', instances: 1 }),
];

export interface DatabaseDescription {
  /** The word by which operations name it. */
  readonly name: string;
  readonly system: 'postgresql' | 'mysql' | 'mongodb' | 'redis';
  /** Old spelling of the same system is the same word for these four. '' = has no namespaces. */
  readonly namespace: string;
  readonly host: string;
  readonly port: number;
  /** Typical time of a statement, ms. */
  readonly takes: number;
}

export const DATABASES: readonly DatabaseDescription[] = [
  {
    name: 'orders',
    system: 'postgresql',
    namespace: 'orders',
    host: 'pg-orders.db.svc.cluster.local',
    port: 5432,
    takes: 4,
  },
  {
    name: 'trips',
    system: 'postgresql',
    namespace: 'trips',
    host: 'pg-trips.db.svc.cluster.local',
    port: 5432,
    takes: 6,
  },
  {
    name: 'loyalty_points',
    system: 'mysql',
    namespace: 'loyalty_points',
    host: 'mysql-loyalty',
    port: 3306,
    takes: 5,
  },
  {
    name: 'content',
    system: 'mongodb',
    namespace: 'content',
    host: 'mongo-0.mongo.db.svc.cluster.local',
    port: 27017,
    takes: 3,
  },
  { name: 'cache', system: 'redis', namespace: '', host: 'redis-cache', port: 6379, takes: 0.6 },
];

export interface TopicDescription {
  readonly name: string;
  /** How a consumer's span names the producer's: as parent (same trace) or by a link (a trace of its own). */
  readonly consumers: readonly { readonly operation: string; readonly by: 'parent' | 'link' }[];
}

export const KAFKA_HOST = 'kafka-0.kafka.platform.svc.cluster.local';

export const TOPICS: readonly TopicDescription[] = [
  {
    name: 'order-events',
    consumers: [
      { operation: 'email process order-events', by: 'link' },
      { operation: 'fraud-detection process order-events', by: 'link' },
    ],
  },
  {
    name: 'notification-requests',
    consumers: [{ operation: 'notification process notification-requests', by: 'parent' }],
  },
];
