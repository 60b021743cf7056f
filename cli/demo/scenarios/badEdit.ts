import { shown, tierOf } from '../looks.ts';
import { enforcingRule } from '../rule.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import type { Theatre } from '../theatre.ts';

const rule = 'demo-critical-images';

/** What the guard says within a minute of an edit. Throws NotAsTold unless it is this. */
async function saidAfter(theatre: Theatre, text: string, expected: RegExp): Promise<readonly string[]> {
  theatre.editRule(rule, text);
  await theatre.pass(61);
  const status = await theatre.status();
  expectThat(expected.test(status), `the guard says: ${status}`);
  return status.split('\n');
}

export const badEdit: Scenario = {
  name: 'bad-edit',
  title: 'A typo in a rule never replaces a good set',
  world: 'payments.account.yaml',
  steps: [
    {
      title: 'A good rule decides',
      happen: (theatre) => saidAfter(theatre, enforcingRule, /^Rule set 1 decides/),
    },
    {
      title: 'An edit has a typo: it is refused, and the last good set goes on deciding',
      happen: (theatre) =>
        saidAfter(theatre, enforcingRule.replace('mode: enforce', 'mode: enforced'), /Rule set 1 still decides/),
    },
    {
      title: 'The owner of the rules is told, once, in working hours',
      happen: async (theatre) => {
        await theatre.pass(120);
        const messages = theatre.heard();
        expectThat(messages.map(tierOf).join() === 'notice', `messages: ${messages.map(tierOf).join() || 'none'}`);
        return messages.map(shown);
      },
    },
    {
      title: 'Mended, it is published within a minute',
      happen: (theatre) => saidAfter(theatre, enforcingRule.replace('">=", 10', '">=", 15'), /^Rule set 2 decides/),
    },
  ],
};
