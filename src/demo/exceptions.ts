/**
 * Exceptions as the languages of the demo print them. `<id>` in a message stands for the id that the
 * request is about, so that equal failures have unequal messages, as in life.
 */
import type { Language } from './services.ts';

export interface ExceptionText {
  readonly type: string;
  readonly message: string;
  readonly stacktrace: string;
}

export type ExceptionName =
  'no ad campaign' | 'card network timeout' | 'search deadline' | 'review cursor lost' | 'model not loaded';

const SPRING_TAIL = [
  'at java.base/jdk.internal.reflect.DirectMethodHandleAccessor.invoke(DirectMethodHandleAccessor.java:103)',
  'at org.springframework.web.method.support.InvocableHandlerMethod.doInvoke(InvocableHandlerMethod.java:255)',
  'at org.springframework.web.servlet.FrameworkServlet.service(FrameworkServlet.java:903)',
  'at org.apache.catalina.core.ApplicationFilterChain.doFilter(ApplicationFilterChain.java:149)',
  'at org.apache.coyote.http11.Http11Processor.service(Http11Processor.java:384)',
  'at java.base/java.lang.Thread.run(Thread.java:1583)',
];

function javaTrace(first: string, frames: readonly string[], causes: readonly string[] = []): string {
  const tail = [...frames, ...SPRING_TAIL].map((frame) => `\t${frame}`);
  return [first, ...tail, ...causes, ''].join('\n');
}

/** What a service's own code throws. */
export const EXCEPTIONS: Readonly<Record<ExceptionName, ExceptionText>> = {
  'no ad campaign': {
    type: 'com.easytrips.ads.CampaignNotFoundException',
    message: 'no active campaign for placement blog-sidebar, post <id>',
    stacktrace: javaTrace(
      'com.easytrips.ads.CampaignNotFoundException: no active campaign for placement blog-sidebar, post <id>',
      [
        'at com.easytrips.ads.CampaignStore.active(CampaignStore.java:88)',
        'at com.easytrips.ads.AdSelector.select(AdSelector.java:41)',
        'at com.easytrips.ads.AdsController.ads(AdsController.java:29)',
      ],
      [
        'Caused by: java.util.NoSuchElementException: No value present',
        '\tat java.base/java.util.Optional.orElseThrow(Optional.java:377)',
        '\tat com.easytrips.ads.CampaignStore.active(CampaignStore.java:84)',
        '\t... 14 more',
      ],
    ),
  },
  'card network timeout': {
    type: 'EasyTrips.Cards.CardNetworkTimeoutException',
    message: 'The card network did not answer verification <id> within 2000 ms.',
    stacktrace: [
      'EasyTrips.Cards.CardNetworkTimeoutException: The card network did not answer verification <id> within 2000 ms.',
      ' ---> System.Threading.Tasks.TaskCanceledException: The operation was canceled.',
      '   at System.Net.Security.SslStream.ReadAsyncInternal[TIOAdapter](Memory`1 buffer, CancellationToken cancellationToken)',
      '   --- End of inner exception stack trace ---',
      '   at EasyTrips.Cards.Network.AcquirerClient.SendAsync(VerificationMessage message, CancellationToken token) in /src/Network/AcquirerClient.cs:line 97',
      '   at EasyTrips.Cards.VerificationService.VerifyAsync(Card card, CancellationToken token) in /src/VerificationService.cs:line 52',
      '   at EasyTrips.Cards.Endpoints.PostVerification(VerificationRequest request, VerificationService service) in /src/Endpoints.cs:line 31',
      '   at Microsoft.AspNetCore.Http.RequestDelegateFactory.<>c__DisplayClass104_2.<<HandleRequestBodyAndCompileRequestDelegateForJson>b__2>d.MoveNext()',
      '   at Microsoft.AspNetCore.Diagnostics.ExceptionHandlerMiddlewareImpl.<Invoke>g__Awaited|10_0(ExceptionHandlerMiddlewareImpl middleware, HttpContext context, Task task)',
    ].join('\n'),
  },
  'search deadline': {
    type: '*errors.errorString',
    message: 'shard <id>: context deadline exceeded',
    stacktrace: [
      'goroutine 4711 [running]:',
      'go.opentelemetry.io/otel/sdk/trace.recordStackTrace()',
      '\t/go/pkg/mod/go.opentelemetry.io/otel/sdk@v1.35.0/trace/span.go:480 +0x2e',
      'example.easytrips/search/internal/shards.(*Coordinator).Collect(0xc0001a2000, {0x14c8f60, 0xc000512b40})',
      '\t/app/internal/shards/coordinator.go:131 +0x4b5',
      'example.easytrips/search/internal/api.(*Server).Search(0xc00011c080, {0x14cb2a0, 0xc0002d61c0}, 0xc000466000)',
      '\t/app/internal/api/search.go:58 +0x1d2',
      'net/http.HandlerFunc.ServeHTTP(0xc00012a0c0?, {0x14cb2a0?, 0xc0002d61c0?}, 0x0?)',
      '\t/usr/local/go/src/net/http/server.go:2294 +0x29',
    ].join('\n'),
  },
  'review cursor lost': {
    type: 'pymongo.errors.CursorNotFound',
    message: "cursor id <id> not found, full error: {'ok': 0.0, 'code': 43, 'codeName': 'CursorNotFound'}",
    stacktrace: [
      'Traceback (most recent call last):',
      '  File "/app/reviews/api.py", line 64, in list_reviews',
      '    return [to_json(review) for review in store.for_trip(trip_id)]',
      '  File "/app/reviews/store.py", line 31, in for_trip',
      '    yield from self._reviews.aggregate(pipeline)',
      '  File "/usr/local/lib/python3.12/site-packages/pymongo/cursor.py", line 1235, in next',
      '    if len(self._data) or self._refresh():',
      "pymongo.errors.CursorNotFound: cursor id <id> not found, full error: {'ok': 0.0, 'code': 43, 'codeName': 'CursorNotFound'}",
      '',
    ].join('\n'),
  },
  'model not loaded': {
    type: 'RuntimeError',
    message: 'model als-2026-03 not loaded',
    stacktrace: [
      'Traceback (most recent call last):',
      '  File "/usr/local/lib/python3.12/site-packages/grpc/_server.py", line 610, in _call_behavior',
      '    response_or_iterator = behavior(argument, context)',
      '  File "/app/recommendation_server.py", line 74, in ListRecommendations',
      '    scores = self.models.current().score(request.user_id)',
      '  File "/app/models.py", line 22, in current',
      '    raise RuntimeError(f"model {self.name} not loaded")',
      'RuntimeError: model als-2026-03 not loaded',
      '',
    ].join('\n'),
  },
};

const STATUS_TEXT: Readonly<Record<number, string>> = {
  402: 'Payment Required',
  429: 'Too Many Requests',
  503: 'Service Unavailable',
};

/** What a service throws because `callee` answered with that HTTP status: its client library's exception. */
export function failedCallException(language: Language, callee: string, status: number): ExceptionText {
  const reason = STATUS_TEXT[status] ?? 'Internal Server Error';
  const isServerError = status >= 500;
  switch (language) {
    case 'java': {
      const type = isServerError ? 'HttpServerErrorException' : 'HttpClientErrorException';
      const className = `org.springframework.web.client.${type}`;
      return traced(className, `${status} ${reason} on request to ${callee}`, (first) =>
        javaTrace(first, [
          `at ${className}.create(${type}.java:102)`,
          'at org.springframework.web.client.RestClient$ResponseSpec.body(RestClient.java:814)',
          `at com.easytrips.clients.${pascalCase(callee)}Client.send(${pascalCase(callee)}Client.java:57)`,
        ]),
      );
    }
    case 'python': {
      const message = `${status} ${isServerError ? 'Server' : 'Client'} Error: ${reason} for url: https://${callee}`;
      return traced('requests.exceptions.HTTPError', message, pythonTrace);
    }
    case 'go':
      return traced(
        '*status.Error',
        `rpc error: code = Internal desc = ${callee}: status ${status}`,
        goTrace,
      );
    case 'dotnet': {
      const message = `Response status code does not indicate success: ${status} (${reason}).`;
      return traced('System.Net.Http.HttpRequestException', message, (first) =>
        [
          first,
          '   at System.Net.Http.HttpResponseMessage.EnsureSuccessStatusCode()',
          `   at EasyTrips.Clients.${pascalCase(callee)}Client.SendAsync(CancellationToken token) in /src/Clients.cs:line 44`,
        ].join('\n'),
      );
    }
    case 'ruby':
      return traced(
        'Faraday::ServerError',
        `the server responded with status ${status} (${callee})`,
        rubyTrace,
      );
    case 'php':
      return traced('GuzzleHttp\\Exception\\ServerException', `${status} ${reason} from ${callee}`, (first) =>
        [first, '#0 /var/www/src/Http/Client.php(52): GuzzleHttp\\Client->request()', '#1 {main}'].join('\n'),
      );
    default:
      return traced('Error', `${status} ${reason} from ${callee}`, nodeTrace);
  }
}

function pythonTrace(first: string): string {
  return [
    'Traceback (most recent call last):',
    '  File "/app/clients.py", line 40, in fetch',
    '    response.raise_for_status()',
    '  File "/usr/local/lib/python3.12/site-packages/requests/models.py", line 1026, in raise_for_status',
    '    raise HTTPError(http_error_msg, response=self)',
    first,
    '',
  ].join('\n');
}

function goTrace(): string {
  return [
    'goroutine 1893 [running]:',
    'go.opentelemetry.io/otel/sdk/trace.recordStackTrace()',
    '\t/go/pkg/mod/go.opentelemetry.io/otel/sdk@v1.35.0/trace/span.go:480 +0x2e',
    'main.(*checkout).PlaceOrder(0xc0002a6000, {0xfd1b20, 0xc0004c8ea0}, 0xc0004aa0f0)',
    '\t/usr/src/app/main.go:268 +0x7a5',
  ].join('\n');
}

function rubyTrace(first: string): string {
  return [
    `/usr/local/bundle/gems/faraday-2.12.2/lib/faraday/response/raise_error.rb:38:in 'on_complete': ${first}`,
    "\tfrom /app/lib/carriers/client.rb:27:in 'fetch'",
    "\tfrom /app/lib/shipping.rb:61:in 'track'",
  ].join('\n');
}

function nodeTrace(first: string): string {
  return [
    first,
    '    at HttpClient.send (/app/dist/http-client.js:71:13)',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at async Router.handle (/app/dist/router.js:118:20)',
  ].join('\n');
}

/** What a page or a mobile app reports when it cannot do what it was asked for. */
export function actionException(language: Language, label: string): ExceptionText {
  if (language === 'swift')
    return { type: 'EasyTrips.APIError', message: `${label} failed: server error`, stacktrace: '' };
  if (language === 'android') {
    return traced('com.easytrips.android.ApiException', `${label} failed: HTTP 500`, (first) =>
      [
        first,
        '\tat com.easytrips.android.net.ApiClient.execute(ApiClient.kt:83)',
        '\tat android.os.Looper.loop(Looper.java:317)',
      ].join('\n'),
    );
  }
  return traced('ApiError', `${label} failed: HTTP 500`, (first) =>
    [
      first,
      '    at ApiClient.send (https://www.easytrips.example/assets/app-5f3c9e1b.js:2:48113)',
      '    at async onAction (https://www.easytrips.example/assets/app-5f3c9e1b.js:2:90277)',
    ].join('\n'),
  );
}

function traced(type: string, message: string, stacktrace: (first: string) => string): ExceptionText {
  return { type, message, stacktrace: stacktrace(`${type}: ${message}`) };
}

/** `www.fedex.com` → `WwwFedexCom`. */
function pascalCase(name: string): string {
  return name.replace(/(^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, (_match, _gap, letter: string) =>
    letter.toUpperCase(),
  );
}
