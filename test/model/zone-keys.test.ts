import { describe, expect, test } from 'vitest';
import { isUsualZone, zoneRank } from '../../src/model/zone-keys.ts';

describe('zones', () => {
  test('lead with what operators call so, in one order; with what a process runs comes last', () => {
    const wanted = [
      'deployment.environment.name',
      'service.namespace',
      'k8s.cluster.name',
      'k8s.namespace.name',
      'cloud.region',
      'cloud.availability_zone',
      'team',
      'service.version',
      'host.name',
      'telemetry.sdk.language',
    ];
    expect(wanted.toReversed().toSorted((a, b) => zoneRank(a) - zoneRank(b))).toEqual(wanted);
  });

  test.each([
    ['env', 'deployment.environment.name'],
    ['acme.stage', 'deployment.environment.name'],
    ['dc', 'cloud.availability_zone'],
    ['acme-region', 'cloud.region'],
    ['team.name', 'team'],
    ['app.version', 'service.version'],
  ])('%s is of the meaning of %s', (key, usual) => {
    expect(zoneRank(key)).toBe(zoneRank(usual));
  });

  test.each(['telemetry.sdk.name', 'process.owner', 'os.type', 'container.runtime', 'host.name', 'stages'])(
    '%s is none of the usual ones',
    (key) => expect(isUsualZone(key)).toBe(false),
  );
});
