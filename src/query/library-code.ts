/** Is a frame of a library or of the language itself? Judged by names: what we do not know counts as own code. */

interface LibrarySigns {
  readonly code?: RegExp;
  readonly place?: RegExp;
}

const SIGNS: Readonly<Record<string, LibrarySigns>> = {
  Java: {
    code: /^(?:java|javax|jakarta|jdk|sun|com\.sun|kotlin|kotlinx|scala|akka|groovy|clojure|reactor|okhttp3|okio|retrofit2|feign|org\.(?:springframework|apache|hibernate|eclipse|jboss|wildfly|postgresql|mariadb|h2|slf4j|junit|glassfish|aspectj|reactivestreams|elasticsearch|redisson|bson|mongodb|quartz)|io\.(?:netty|grpc|opentelemetry|micrometer|vertx|lettuce|quarkus|micronaut|reactivex|undertow|projectreactor|jaegertracing)|com\.(?:fasterxml|google\.(?:common|protobuf|inject)|zaxxer|mysql|mongodb|rabbitmq|netflix|datastax|oracle|microsoft\.sqlserver|amazonaws)|software\.amazon|redis\.clients|net\.bytebuddy|ch\.qos)\b/,
    place: /^(?:Native Method|<generated>)$/,
  },
  JavaScript: {
    code: /^(?:node:internal|Module\._|process\.)/,
    place:
      /(?:^|\/)node_modules\/|^node:|^internal\/|^<anonymous>$|^native$|webpack\/(?:bootstrap|runtime)|polyfills?[.-]|(?:^|\/)vendor[.-]/,
  },
  '.NET': {
    code: /^(?:System|Microsoft|Npgsql|Grpc|MySql|StackExchange|Newtonsoft|MassTransit|Polly|OpenTelemetry|Dapper|MongoDB|RabbitMQ|Confluent|AutoMapper|Serilog|NLog)\.|^lambda_method/,
  },
  Python: {
    place:
      /(?:site|dist)-packages|\/lib\/python\d|^<frozen |^<string>|\/(?:usr|opt)\/lib\/python|[\\/]Lib[\\/]/,
  },
  Go: {
    // Sources of the language and of modules; -trimpath leaves net/http/server.go and module@v1.2.3/file.go.
    place:
      /\/pkg\/mod\/|\/vendor\/|\/go[\d.]*\/src\/|\/lib(?:exec)?\/go\/|@v\d|^[a-z0-9_]+(?:\/[a-z0-9_]+)*\/[^/]+$/,
  },
  Ruby: { place: /\/gems\/|\/lib\/ruby\/|^<internal:|\/rubygems\// },
  PHP: { place: /(?:^|\/)vendor\//, code: /^\{main\}$/ },
};

export function isLibraryCode(language: string, code: string, place: string): boolean {
  const signs = Object.hasOwn(SIGNS, language) ? SIGNS[language] : {};
  return signs.code?.test(code) === true || signs.place?.test(place) === true;
}
