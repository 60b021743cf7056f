import { isolateHost as action } from '../../shared/actions/isolateHost/isolateHost.ts';
import type { JsonObject } from '../../shared/platform/json.ts';
import { HostNetwork, target } from './hostNetwork.ts';

const settings = { quietPullDays: 7 };

export async function planned(net: HostNetwork, before?: JsonObject) {
  const observed = await action.observe(target, {}, { ...net.context, ...(before === undefined ? {} : { before }) });
  return { observed, plan: action.plan(target, {}, observed, settings) };
}

/** What Act would have at hand. */
export async function begun(net: HostNetwork) {
  const { observed, plan } = await planned(net);
  if (plan.kind !== 'step') throw new Error(plan.reason);
  return { observed, plan, context: { ...net.context, chosen: plan.chosen ?? {} } };
}

export async function isolated(net = new HostNetwork()) {
  const { observed, context } = await begun(net);
  await action.execute(target, {}, observed, context);
  return { net, observed, context };
}
