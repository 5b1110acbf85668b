import type { App } from '../../state/app.ts';
import { describeRuleset } from '../rules/describe-rules.ts';
import { describeChainFilter, describeCondition, describeZoneFilter, partsOf } from './describe-filter.ts';
import { describeTimeframe } from './timeframes.ts';

/** All that is set of the filters, each in words. */
export function describeSetFilters(app: App, ofAllServices: boolean): readonly string[] {
  const { zones, rules, where, extrapolated } = app.view();
  const { timeframe } = app.filter();
  const isWhole = timeframe.from === null && timeframe.to === null;
  return [
    ...(isWhole ? [] : [describeTimeframe(timeframe, app.dataset()?.range ?? null)]),
    ...zones.map(describeZoneFilter),
    ...(rules === null ? [] : [describeRuleset(rules)]),
    ...(extrapolated ? ['estimates of the whole'] : []),
    ...(ofAllServices ? [] : ofTarget(app)),
    ...partsOf(where).map(describeCondition),
  ];
}

function ofTarget(app: App): readonly string[] {
  const { endpoint, instance, chains } = app.view();
  return [
    ...(endpoint === null ? [] : [`endpoint ${endpoint}`]),
    ...(instance === null ? [] : [`instance ${instance}`]),
    ...chains.map(describeChainFilter),
  ];
}
