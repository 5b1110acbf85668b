/**
 * What each figure means, in one sentence: the only place that says it to people. From SEMANTICS.md, and docs/figures.md
 * where the law is silent.
 */
export const DEFINITIONS = {
  // Requests and calls (SEMANTICS.md §3, §6)
  requests: 'Units of work that the service did for a caller and that start within the timeframe.',
  requestsHere: 'Distinct requests here that led to those calls; one request can lead to many calls.',
  instanceRequests: 'Distinct requests of the instance.',
  calls: 'Requests of the chosen service whose chain passes through here.',
  callShare: 'Calls divided by all requests of the chosen service under analysis.',
  chainEnds:
    'Calls whose chain ends here: with a user action, at an entry point, or because the caller is missing.',
  analysedTogether:
    'Its requests are analysed together with those of the services named here: every figure is then about the requests of all of them.',
  instances: 'Different processes of the service that these requests name.',
  inferred: 'Inferred: seen only through the calls of others, without spans of its own.',
  // Failures (§6, §7)
  failedRequests: 'Requests that the failure rules call failed.',
  failureRate: 'Failed requests divided by requests.',
  failedRequestsHere: 'Distinct requests here that failed themselves, and their part of the requests.',
  failedCalls: 'Requests of the chosen service through here that failed, and their part of the calls.',
  callFailureRate: 'Failed calls divided by calls.',
  hit: 'Distinct requests here that led to at least one failed call.',
  passedOn:
    'Of the requests here that led to a failed call, those that failed themselves: 0 % is every failure handled at or below this step, 100 % is every one came through.',
  passedOnAtRoot:
    'Not told of the chosen service: its own failed requests are the failed calls, so it would always be 100 %.',
  passedOnAtEnd: 'Requests at the end of the chain that were hit and failed themselves, of those hit.',
  rateWhenNotHit:
    'Failure rate of the requests here that led to successful calls only: what “passed on” is compared with.',
  reason:
    'The exception with ids taken out, else the HTTP status, else the gRPC status, else the status message.',
  reasonRequests: 'A failed request has exactly one reason.',
  reasonShare: 'Of the failed requests here.',
  cause: 'Service of the deepest failed request that the failed calls lead down to.',
  causeRequests: 'Failed requests at the selected step that have this cause: exactly one each.',
  // Response time (§6, §8)
  average: 'Mean of the response times.',
  median: 'Half of the requests took no longer than this.',
  p75: '75 % of the requests took no longer than this.',
  p90: '90 % of the requests took no longer than this.',
  p95: '95 % of the requests took no longer than this.',
  p99: '99 % of the requests took no longer than this.',
  slowest: 'The longest response time of a request.',
  shareOfTime: 'Sum of its response times divided by the sum over all services.',
  // Service flow (docs/figures.md)
  flowRequests: 'The requests that the flow begins with.',
  flowCalls: 'Requests here, each called once; at the first step the requests that the flow begins with.',
  flowFailedCalls: 'Calls that failed, and their part of the calls.',
  requestsThatCall:
    'Distinct requests that the flow begins with which led to a call here, and their part of all of them.',
  callsPerRequest: 'Calls divided by the requests that led to one.',
  ofTheCaller: 'Distinct requests of the caller, on this path, that made these calls.',
  flowHit: 'Distinct requests that the flow begins with which led to at least one failed call here.',
  flowHitFailed: 'Of the requests that were hit, those that failed themselves.',
  contribution:
    'Part of the response time of the requests that the flow begins with in which a call here was open; calls side by side count once.',
  flowOwnTime: 'Part of that time in which none of the calls that it makes itself was open.',
  asynchronous: 'Calls that nobody waits for: they take none of the response time.',
  // Instances (docs/figures.md)
  instanceShare: 'Requests divided by those of all instances in this table.',
  timesFair:
    'Share × number of instances: 1 is the fair part. Instances that got nothing are not in the data.',
  // Fates and hops (docs/figures.md)
  fate: 'Each failed request of the chosen service has exactly one.',
  fatePlace: 'Who absorbed it, the user action or entry point it reached, or the last service that is known.',
  fateFailures: 'Failed requests of the chosen service with this fate here.',
  fateShare: 'Of all failures.',
  fateUserAction: 'Every caller up to the user action failed, and the user action too.',
  fateEntryPoint: 'Every caller failed, up to the request that came from outside of what is traced.',
  fateAbsorbed: 'A caller on the way up did not fail: its service handled the failure.',
  fateUnknown: 'Every known caller failed, and the next one is missing in the data.',
  fateNobodyWaited: 'A queue had taken the message: whoever sent it never hears of the failure.',
  hopRequests: 'Distinct requests of the caller that called the callee on a chain of the chosen service.',
  failsIfFailed: 'Of the caller’s requests with a failed call to the callee, those that failed themselves.',
  failsIfFine:
    'Of the caller’s requests without a failed call to the callee, those that failed all the same.',
  hopDifference:
    'By how much more often the caller fails when its callee does, in percentage points (Newcombe 1998, method 10). It says that they fail together, not that one is the cause.',
  // Completeness (docs/figures.md)
  failuresAtUsers: 'At most: every failure whose caller is missing reached one too.',
  userActionsHit:
    'User actions that led to a failed request. At most: each request with a missing caller stands for one more.',
  userActionsHitFailed: 'Those of them that failed themselves.',
  usersHit: 'Distinct users at the ends of the chains that were hit.',
  sessionsHit: 'Distinct sessions at the ends of the chains that were hit.',
  sawFailure: 'Those of them that saw a failure.',
  // Retries and disagreement (docs/figures.md)
  operations: 'What a caller wanted once, however often it tried.',
  attempts: 'Requests of the chosen service that belong to them.',
  retried: 'Operations with more than one attempt.',
  recovered: 'Retried, and the last attempt succeeded.',
  exhausted: 'Retried, and the last attempt failed as well.',
  notRetried: 'The only attempt failed.',
  callerOnly: 'The caller says failed, the service says fine.',
  callerOnlyBy4xx: 'Both bear the same HTTP status 400–499.',
  serviceOnly: 'The service says failed, the caller says fine.',
  bothAgree: 'Caller and service agree.',
  // Top requests (docs/figures.md)
  topRequests: 'Requests of the group.',
  topFailedRequests: 'Requests of the group that failed.',
  sumOfTimes: 'Sum of the response times; what ran side by side, or called one another, counts in full.',
  topShare: 'Sum of its response times divided by the sum over all groups.',
  perMinute: 'Requests divided by the minutes of the timeframe.',
  // Outliers (docs/figures.md)
  outliersWith: 'Outliers with the value, and their part of all outliers.',
  othersWith: 'Other requests with the value, and their part of all others.',
  outlierDifference:
    'Share among the outliers minus share among the others, in percentage points (Newcombe 1998, method 10).',
  slowOfThese: 'Outliers with the value divided by all requests with it.',
  outlierChance:
    'How likely so many among the outliers would be by chance alone: Fisher’s exact test, adjusted for all comparisons (Benjamini–Hochberg). Below 0.05 it is marked as beyond chance.',
  // Hotspots (docs/figures.md)
  hotspotShare: 'Of the response time of all these requests: each moment belongs to exactly one part.',
  hotspotTime: 'Sum over all these requests of the time on their critical path.',
  hotspotMedianShare: 'Half of the requests spend no greater share of their response time here.',
  hotspotP95Share: '95 % of the requests spend no greater share of their response time here.',
  hotspotRequests: 'Distinct requests here.',
  waitedFor:
    'Those of the requests here that were on the critical path: the others ran beside something that took longer, or nobody waited for them.',
  codeFunction: 'Function that the span is of (code.function.name, or code.namespace and code.function).',
  ownCode:
    'By the names of packages and paths that we know to be of libraries; what we do not know counts as own.',
  spanKind: 'Spans of kind client or producer are calls: most of their time is waiting for the callee.',
  selfTimeShare: 'Of the self time of all spans of the requests that were looked at.',
  selfTime: 'Duration of the spans without what their children cover.',
  onCriticalPath: 'Time in which the request was waiting for these very spans.',
  methodRequests: 'Requests with such a span, of those that were looked at.',
  // Details of spans (docs/figures.md)
  lookedAt: 'Requests at the selected step, of those that were looked at.',
  lookedAtFailureRate: 'Failed ones of these requests divided by all of them.',
  callingCode: 'From the code.* attributes of the span that called, or of the nearest one above it.',
  proxy: 'A proxy, gateway, load balancer or mesh between these requests and their callers.',
  referrer: 'Without query and fragment: they may hold what is nobody’s business.',
  traceDuration: 'From the start of the first span to the end of the last.',
  sample: 'The spans of more requests than can be read in a moment are looked at in an evenly spread part.',
  spanEvent: 'Moments that a span recorded: logs, exceptions.',
  failedSpan: 'The span opens, or stands for, a failed request.',
  spanError: 'The span reports an error; its request did not fail, or is another span’s.',
  spanClock: 'Without a time, ending before it starts, or sticking out of its parent.',
  criticalPath: 'At every instant the one span that the root was waiting for.',
  spanOnCriticalPath: 'Time in which the root was waiting for this very span.',
  chainOfSpan: 'Requests that led to the one of the selected span.',
  // Comparison (docs/figures.md)
  compareShare: 'Calls through here divided by all requests of the chosen service, A → B.',
  compareFailureRate: 'Failed requests here divided by requests here, A → B.',
  compareCallFailureRate: 'Failed calls through here divided by calls, A → B.',
  compareMedian: 'Half of the requests here took no longer than this, A → B.',
  chainCalls: 'Target requests with this chain, on the side that has it.',
  chainBeyondChance:
    'So many calls on one side and none on the other would come by chance in less than 5 % of the cases.',
  // What is in the data (SEMANTICS.md §5, §8, §10)
  traces: 'Distinct trace ids.',
  services: 'Traced and inferred.',
  allRequests: 'Units of work that traced services did for their callers.',
  inferredRequests: 'Beside them: seen only from the calling side.',
  brokenParents: 'Spans whose parent is not in the data: their chains end with “caller missing”.',
  linksNotFound: 'Span links to spans that are not in the data.',
  clockProblems: 'Spans that end before they start; kept with duration 0.',
  spansWithoutTime: 'Kept, but outside of every timeframe.',
  spansWithoutDuration: 'Neither an end nor a duration is given: they count as 0 ms.',
  spansNearEpoch:
    'A clock that was not set or another unit; beside later ones they are left out of charts over time.',
  orphans:
    'Records of errors or events whose span is not in the data, counted with the rejected; drop the file with the spans, too.',
  loopsCut: 'Parents or links in a circle, cut once.',
} as const;
