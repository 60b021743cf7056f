import type { Account } from '../sandbox/account.ts';
import { putParameter } from '../sandbox/services/ssm/parameters.ts';
import type { RuleSource } from '../shared/rules/rule.ts';

/** What an admin's edit is: the files of a rule folder, put into Parameter Store. The guard publishes them. */
export function putRules(account: Account, stage: string, rules: readonly RuleSource[]): void {
  for (const { path, text } of rules) putParameter(account, { name: `/firebreak/${stage}/${path}`, value: text });
}
