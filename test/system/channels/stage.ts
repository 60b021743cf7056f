import { postsTo } from '../../../sandbox/services/outside/state.ts';
import { deleteParameter } from '../../../sandbox/services/ssm/deleteParameter.ts';
import { putParameter } from '../../../sandbox/services/ssm/parameters.ts';
import { existingParameter, latest } from '../../../sandbox/services/ssm/state.ts';
import type { Stage } from '../stage.ts';

export const hook = 'hooks.example.com';
export const webhookKey = 'a-key-that-nobody-sees';
export const routingKey = 'R0123456789abcdef0123456789abcde';

const all = '[page, notice, digest]';

/** A webhook that hears of everything. */
export const soc = `  - name: soc
    kind: webhook
    tiers: ${all}
    url: https://${hook}/firebreak
    key: /firebreak-keys/dev/soc
`;
/** PagerDuty, for pages. */
export const pager = `  - name: pager
    kind: pagerduty
    tiers: [page]
    key: /firebreak-keys/dev/pager
`;
export const chat = `  - { name: slack, kind: chat, tiers: ${all} }
`;

const secret = (name: string, value: string) =>
  ({ name: `/firebreak-keys/dev/${name}`, value, type: 'SecureString' }) as const;

/** Writes the channels of the stage and their keys, as whoever runs it does, and lets the edit be judged. */
export async function withChannels({ account, pass }: Stage, ...written: readonly string[]): Promise<void> {
  putParameter(account, secret('soc', webhookKey));
  putParameter(account, secret('pager', routingKey));
  editChannels(account, `channels:\n${written.join('')}`);
  await pass(30);
}

export const editChannels = (account: Stage['account'], value: string) =>
  putParameter(account, { name: '/firebreak/dev/channels', value });

/** The bodies that reached a host and were taken there. */
export const arrived = ({ account }: Stage, host: string): readonly Record<string, unknown>[] =>
  postsTo(account, host).flatMap(({ answered, body }) =>
    typeof answered === 'number' && answered < 300 ? [JSON.parse(body) as Record<string, unknown>] : [],
  );

/** Takes the channels away, as an administrator does. */
export const removeChannels = ({ account }: Stage): void =>
  void deleteParameter.run({ Name: '/firebreak/dev/channels' } as never, { account } as never);

/** What is said of the channels; empty where nothing is. */
export function channelsStatus({ account }: Stage): string {
  const status = existingParameter(account, '/firebreak/dev/channels-status');
  return status === undefined ? '' : latest(status).value;
}
