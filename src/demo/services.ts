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

export interface ServiceDescription {
  readonly name: string;
  readonly namespace: 'easytrips' | 'shop' | 'travel' | 'platform';
  readonly language: Language;
  readonly conventions: Conventions;
  readonly version: string;
  readonly instances: number;
  /** An Envoy sidecar stands before and behind it and writes spans under its name. */
  readonly sidecar?: true;
  /** Requests from outside reach it through this web server. */
  readonly behind?: string;
  /** Its instrumentation records the headers of the requests that come from outside. */
  readonly recordsHeaders?: true;
  /** The clock of its first instance is this far ahead (negative: behind), ms. */
  readonly clockSkewMs?: number;
}

export const WEB = 'easytrips-web';
export const IOS = 'easytrips-ios';
export const ANDROID = 'easytrips-android';
/** Where the applications send their requests. */
export const HOME = { host: 'www.easytrips.example', port: 443 } as const;
export const HOME_URL = `https://${HOME.host}`;

/** `instances` of an application: kinds of browser or device. */
export const SERVICES: readonly ServiceDescription[] = [
  {
    name: WEB,
    namespace: 'easytrips',
    language: 'webjs',
    conventions: 'new',
    version: '5.14.0',
    instances: 6,
  },
  {
    name: IOS,
    namespace: 'easytrips',
    language: 'swift',
    conventions: 'new',
    version: '3.8.1',
    instances: 2,
  },
  {
    name: ANDROID,
    namespace: 'easytrips',
    language: 'android',
    conventions: 'new',
    version: '3.8.0',
    instances: 2,
  },
  {
    name: 'nginx-edge',
    namespace: 'platform',
    language: 'nginx',
    conventions: 'old',
    version: '1.27.4',
    instances: 2,
    recordsHeaders: true,
  },
  {
    name: 'frontend',
    namespace: 'easytrips',
    language: 'nodejs',
    conventions: 'new',
    version: '2.31.0',
    instances: 4,
    behind: 'nginx-edge',
    recordsHeaders: true,
  },
  {
    name: 'partner-api',
    namespace: 'easytrips',
    language: 'nodejs',
    conventions: 'old',
    version: '1.9.2',
    instances: 2,
    behind: 'nginx-edge',
    recordsHeaders: true,
  },
  {
    name: 'login',
    namespace: 'easytrips',
    language: 'java',
    conventions: 'new',
    version: '4.2.0',
    instances: 2,
  },
  {
    name: 'blog',
    namespace: 'easytrips',
    language: 'php',
    conventions: 'new',
    version: '6.4.3',
    instances: 2,
  },
  {
    name: 'AdsForBlog',
    namespace: 'easytrips',
    language: 'java',
    conventions: 'old',
    version: '1.0.7',
    instances: 1,
  },
  {
    name: 'booking',
    namespace: 'travel',
    language: 'java',
    conventions: 'old',
    version: '7.3.1',
    instances: 3,
  },
  {
    name: 'journey',
    namespace: 'travel',
    language: 'java',
    conventions: 'new',
    version: '3.0.5',
    instances: 3,
  },
  {
    name: 'search',
    namespace: 'travel',
    language: 'go',
    conventions: 'new',
    version: '0.48.0',
    instances: 4,
  },
  {
    name: 'weather',
    namespace: 'travel',
    language: 'python',
    conventions: 'old',
    version: '2.2.0',
    instances: 2,
  },
  {
    name: 'reviews',
    namespace: 'travel',
    language: 'python',
    conventions: 'new',
    version: '1.12.4',
    instances: 2,
  },
  {
    name: 'loyalty',
    namespace: 'travel',
    language: 'java',
    conventions: 'old',
    version: '5.5.0',
    instances: 2,
  },
  {
    name: 'catalog',
    namespace: 'shop',
    language: 'nodejs',
    conventions: 'new',
    version: '2.0.9',
    instances: 2,
  },
  { name: 'cart', namespace: 'shop', language: 'dotnet', conventions: 'new', version: '1.7.0', instances: 2 },
  {
    name: 'checkout',
    namespace: 'shop',
    language: 'go',
    conventions: 'old',
    version: '1.16.2',
    instances: 2,
  },
  {
    name: 'inventory',
    namespace: 'shop',
    language: 'java',
    conventions: 'old',
    version: '3.3.3',
    instances: 3,
    clockSkewMs: -35,
  },
  {
    name: 'recommendation',
    namespace: 'shop',
    language: 'python',
    conventions: 'old',
    version: '0.9.1',
    instances: 2,
  },
  {
    name: 'shipping',
    namespace: 'shop',
    language: 'ruby',
    conventions: 'new',
    version: '2.4.1',
    instances: 2,
  },
  {
    name: 'payment',
    namespace: 'platform',
    language: 'java',
    conventions: 'new',
    version: '8.1.0',
    instances: 3,
    sidecar: true,
  },
  {
    name: 'credit-card-verification',
    namespace: 'platform',
    language: 'dotnet',
    conventions: 'new',
    version: '4.0.0-rc.2',
    instances: 2,
    sidecar: true,
  },
  {
    name: 'pricing',
    namespace: 'platform',
    language: 'go',
    conventions: 'new',
    version: '1.22.0',
    instances: 3,
  },
  {
    name: 'currency',
    namespace: 'platform',
    language: 'cpp',
    conventions: 'old',
    version: '1.2.0',
    instances: 2,
  },
  {
    name: 'fraud-detection',
    namespace: 'platform',
    language: 'java',
    conventions: 'new',
    version: '2.6.0',
    instances: 1,
  },
  {
    name: 'email',
    namespace: 'platform',
    language: 'python',
    conventions: 'new',
    version: '1.3.1',
    instances: 1,
  },
  {
    name: 'notification',
    namespace: 'platform',
    language: 'nodejs',
    conventions: 'old',
    version: '3.1.0',
    instances: 1,
  },
  {
    name: 'report-scheduler',
    namespace: 'platform',
    language: 'python',
    conventions: 'new',
    version: '0.4.2',
    instances: 1,
  },
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
