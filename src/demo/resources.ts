/** From a service's description to its running instances: the resource that each of them reports. */
import { namedScopeJson } from './conventions.ts';
import type { Emitter } from './export-queues.ts';
import { bool, int, makeUuid, text, texts } from './otlp-text.ts';
import { pick, type Random } from './random.ts';
import { ANDROID, type Language, type ServiceDescription } from './services.ts';

export interface Instance {
  readonly emitter: Emitter;
  readonly sidecar: Emitter | null;
  /** What the requests of this kind of browser or device send; '' for services. */
  readonly userAgent: string;
}

const SDK_VERSION: Readonly<Record<Language, string>> = {
  java: '1.47.0',
  nodejs: '1.30.1',
  python: '1.31.1',
  go: '1.35.0',
  dotnet: '1.11.2',
  php: '1.2.3',
  ruby: '1.7.0',
  cpp: '1.13.0',
  nginx: '1.9.1',
  webjs: '1.30.1',
  swift: '1.13.0',
  android: '1.47.0',
};

/** Where the SDK's name of the language is not ours. */
const SDK_LANGUAGE: Readonly<Partial<Record<Language, string>>> = { nginx: 'cpp', android: 'java' };

const RUNTIME: Readonly<Partial<Record<Language, readonly [string, string]>>> = {
  java: ['OpenJDK Runtime Environment', '21.0.6+7-LTS'],
  nodejs: ['nodejs', '22.14.0'],
  python: ['cpython', '3.12.9'],
  go: ['go', 'go1.24.1'],
  dotnet: ['.NET', '9.0.3'],
  php: ['fpm-fcgi', '8.4.5'],
  ruby: ['ruby', '3.4.2'],
};

interface Browser {
  readonly brand: string;
  readonly version: string;
  readonly platform: string;
  readonly mobile: boolean;
  readonly language: string;
  readonly userAgent: string;
}

function chromium(system: string, product: string): string {
  return `Mozilla/5.0 (${system}) AppleWebKit/537.36 (KHTML, like Gecko) ${product} Safari/537.36`;
}

const BROWSERS: readonly Browser[] = [
  {
    brand: 'Google Chrome',
    version: '134',
    platform: 'Windows',
    mobile: false,
    language: 'en-US',
    userAgent: chromium('Windows NT 10.0; Win64; x64', 'Chrome/134.0.0.0'),
  },
  {
    brand: 'Google Chrome',
    version: '134',
    platform: 'Android',
    mobile: true,
    language: 'de-DE',
    userAgent: chromium('Linux; Android 10; K', 'Chrome/134.0.0.0 Mobile'),
  },
  {
    brand: 'Google Chrome',
    version: '133',
    platform: 'macOS',
    mobile: false,
    language: 'en-GB',
    userAgent: chromium('Macintosh; Intel Mac OS X 10_15_7', 'Chrome/133.0.0.0'),
  },
  {
    brand: 'Microsoft Edge',
    version: '134',
    platform: 'Windows',
    mobile: false,
    language: 'fr-FR',
    userAgent: chromium('Windows NT 10.0; Win64; x64', 'Chrome/134.0.0.0 Edg/134.0.0.0'),
  },
  {
    brand: '',
    version: '',
    platform: 'Linux x86_64',
    mobile: false,
    language: 'en-US',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:136.0) Gecko/20100101 Firefox/136.0',
  },
  {
    brand: '',
    version: '',
    platform: 'iPhone',
    mobile: true,
    language: 'es-ES',
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.3 Mobile/15E148 Safari/604.1',
  },
];

const PHONES: Readonly<
  Record<'swift' | 'android', readonly { model: string; os: string; userAgent: string }[]>
> = {
  swift: [
    { model: 'iPhone17,1', os: '18.3.2', userAgent: 'EasyTrips/3.8.1 CFNetwork/3826.400.120 Darwin/24.3.0' },
    { model: 'iPhone14,5', os: '17.7.1', userAgent: 'EasyTrips/3.8.1 CFNetwork/1498.700.2 Darwin/23.6.0' },
  ],
  android: [
    { model: 'Pixel 9', os: '15', userAgent: 'okhttp/4.12.0' },
    { model: 'SM-S928B', os: '14', userAgent: 'okhttp/4.12.0' },
  ],
};

/** `scopes` is the service's list, shared by its instances; it grows while the plan is made. */
export function makeInstances(
  service: ServiceDescription,
  scopes: readonly string[],
  random: Random,
): Instance[] {
  return Array.from({ length: service.instances }, (_, index) =>
    makeInstance(service, scopes, { index, random }),
  );
}

function makeInstance(
  service: ServiceDescription,
  scopes: readonly string[],
  { index, random }: { index: number; random: Random },
): Instance {
  const clockSkewNs = index === 0 ? (service.clockSkewMs ?? 0) * 1e6 : 0;
  const emitter = (attributes: readonly string[]): Emitter => ({
    resource: resourceJson([...serviceAttributes(service), ...attributes]),
    schemaUrl: schemaUrl(service),
    scopes,
    spanAttributes: '',
    clockSkewNs,
  });
  if (service.language === 'webjs') {
    const browser = BROWSERS[index % BROWSERS.length];
    return { emitter: emitter(browserAttributes(browser)), sidecar: null, userAgent: browser.userAgent };
  }
  if (service.language === 'swift' || service.language === 'android') {
    const phones = PHONES[service.language];
    const phone = phones[index % phones.length];
    return {
      emitter: emitter(phoneAttributes(service.name, phone)),
      sidecar: null,
      userAgent: phone.userAgent,
    };
  }
  const pod = makePod(service, random);
  const instanceId = text('service.instance.id', makeUuid(random));
  return {
    emitter: emitter([instanceId, ...podAttributes(service, pod), ...processAttributes(service, random)]),
    sidecar: service.sidecar ? makeSidecar(service, pod, instanceId) : null,
    userAgent: '',
  };
}

interface Pod {
  readonly name: string;
  readonly address: string;
  readonly node: string;
}

const POD_LETTERS = 'bcdfghjklmnpqrstvwxz2456789';

function letters(random: Random, count: number): string {
  return Array.from({ length: count }, () => POD_LETTERS[random.below(POD_LETTERS.length)]).join('');
}

function makePod(service: ServiceDescription, random: Random): Pod {
  return {
    name: `${service.name.toLowerCase()}-${letters(random, 9)}-${letters(random, 5)}`,
    address: `10.42.${random.below(8)}.${2 + random.below(250)}`,
    node:
      pick(random, ['ip-10-0-12-31', 'ip-10-0-12-87', 'ip-10-0-29-140']) + '.eu-central-1.compute.internal',
  };
}

function serviceAttributes(service: ServiceDescription): string[] {
  const environment =
    service.conventions === 'old' ? 'deployment.environment' : 'deployment.environment.name';
  return [
    text('service.name', service.name),
    text('service.namespace', service.namespace),
    text('service.version', service.version),
    text(environment, 'production'),
    text('telemetry.sdk.name', 'opentelemetry'),
    text('telemetry.sdk.language', SDK_LANGUAGE[service.language] ?? service.language),
    text('telemetry.sdk.version', SDK_VERSION[service.language]),
  ];
}

function podAttributes(service: ServiceDescription, pod: Pod): string[] {
  return [
    text('k8s.cluster.name', 'easytrips-prod'),
    text('k8s.namespace.name', service.namespace),
    text('k8s.deployment.name', service.name.toLowerCase()),
    text('k8s.pod.name', pod.name),
    text('k8s.node.name', pod.node),
    text('host.name', pod.name),
    text('os.type', 'linux'),
  ];
}

function processAttributes(service: ServiceDescription, random: Random): string[] {
  const runtime = RUNTIME[service.language];
  const pid = int('process.pid', 1 + random.below(40));
  if (runtime === undefined) return [pid];
  const distro =
    service.language === 'java' ? [text('telemetry.distro.name', 'opentelemetry-java-instrumentation')] : [];
  return [
    pid,
    text('process.runtime.name', runtime[0]),
    text('process.runtime.version', runtime[1]),
    ...distro,
  ];
}

function browserAttributes(browser: Browser): string[] {
  const brands =
    browser.brand === ''
      ? []
      : [texts('browser.brands', [`${browser.brand} ${browser.version}`, `Chromium ${browser.version}`])];
  return [
    ...brands,
    text('browser.platform', browser.platform),
    bool('browser.mobile', browser.mobile),
    text('browser.language', browser.language),
    text('user_agent.original', browser.userAgent),
  ];
}

function phoneAttributes(app: string, phone: { model: string; os: string }): string[] {
  const isAndroid = app === ANDROID;
  return [
    text('os.name', isAndroid ? 'Android' : 'iOS'),
    text('os.version', phone.os),
    text('device.manufacturer', isAndroid ? 'Google' : 'Apple'),
    text('device.model.identifier', phone.model),
  ];
}

function makeSidecar(service: ServiceDescription, pod: Pod, instanceId: string): Emitter {
  const namespace = service.namespace;
  const nodeId = `sidecar~${pod.address}~${pod.name}.${namespace}~${namespace}.svc.cluster.local`;
  const attributes = [
    text('service.name', service.name),
    text('service.namespace', namespace),
    instanceId,
    text('k8s.pod.name', pod.name),
    text('telemetry.sdk.language', 'cpp'),
    text('telemetry.sdk.name', 'envoy'),
    text('telemetry.sdk.version', '1.33.0'),
  ];
  return {
    resource: resourceJson(attributes),
    schemaUrl: '',
    scopes: [namedScopeJson('envoy', '1.33.0')],
    spanAttributes: ',' + [text('node_id', nodeId), text('istio.mesh_id', 'cluster.local')].join(','),
    clockSkewNs: 0,
  };
}

function schemaUrl(service: ServiceDescription): string {
  if (service.language !== 'java' && service.language !== 'go') return '';
  return `https://opentelemetry.io/schemas/${service.conventions === 'old' ? '1.20.0' : '1.30.0'}`;
}

function resourceJson(attributes: readonly string[]): string {
  return `{"attributes":[${attributes.join(',')}]}`;
}
