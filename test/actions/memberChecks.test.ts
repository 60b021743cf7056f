import { expect, test } from 'vitest';
import { catalogue } from '../../shared/actions/catalogue.ts';
import { memberChecks } from './memberChecks.ts';

test.each(catalogue.map((action) => [action.name, action] as const))(
  '%s loses each of its members in an entry of the removed checks',
  (name, action) => {
    const lost = memberChecks.map(({ why }) => why);
    for (const member of Object.keys(action)) expect(lost).toContain(`${name} loses ${member}`);
  },
);
