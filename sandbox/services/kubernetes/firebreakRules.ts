import { catalogue } from '../../../shared/actions/catalogue.ts';
import { clusterGroup, clusterRules } from '../../../shared/actions/clusterRules.ts';
import type { Attributes } from './route.ts';

/** What the manifest that Firebreak ships allows, to whom: every cluster of the account has it applied. */
const allowed = new Set(clusterRules(catalogue).map(({ verb, group, resource }) => `${verb} ${group} ${resource}`));

export const mayDo = (groups: readonly string[], { verb, group, resource }: Attributes): boolean =>
  groups.includes(clusterGroup) && allowed.has(`${verb} ${group} ${resource}`);
