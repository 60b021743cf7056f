import { readHead } from '../../../shared/incident/head.ts';
import type { Head } from '../../../shared/incident/items.ts';
import { undo } from '../../../shared/respond/undo.ts';
import { complianceTold, type HostSeen, hostLine, hostsNow, untilHosts } from '../hosts.ts';
import { section, shown, tierOf } from '../looks.ts';
import { patchRule } from '../patchRule.ts';
import { expectThat, NotAsTold, type Scenario } from '../scenario.ts';
import { serviceLine, serviceNow } from '../service.ts';
import type { Theatre } from '../theatre.ts';

const cluster = 'prod';
const service = 'ledger';
const first = 'i-0c4a7be21f6d90831';
const second = 'i-0c4a7be21f6d90832';

const incidentOf = ({ sandbox: { account } }: Theatre, host: string): string =>
  `instance/${account.id}/${account.region}/${host}`;

async function headOf(theatre: Theatre, host: string): Promise<Head> {
  const head = await readHead(theatre.stage.effects.table, incidentOf(theatre, host));
  if (head === undefined) throw new NotAsTold(`there is no incident of ${host}`);
  return head;
}

async function restsAs(theatre: Theatre, host: string, wanted: Head['outcome']): Promise<boolean> {
  const { state, outcome } = await headOf(theatre, host);
  return state === 'resting' && outcome === wanted;
}

function expectHost(hosts: readonly HostSeen[], id: string, wanted: Partial<HostSeen>): void {
  const host = hosts.find((one) => one.id === id);
  const differs = Object.entries(wanted).find(([key, value]) => host?.[key as keyof HostSeen] !== value);
  expectThat(differs === undefined, `of ${id}, ${differs?.[0]} is not ${differs?.[1]}`);
}

/** What was said since, in the tiers that were expected: subject, and these sections of it. */
function heard(theatre: Theatre, tier: 'notice' | 'digest', ...sections: readonly string[]): readonly string[] {
  const messages = theatre.heard();
  const tiers = messages.map(tierOf).join();
  expectThat(tiers === tier, `messages: ${tiers || 'none'}`);
  return messages.flatMap((one) => [
    shown(one),
    ...sections.flatMap((heading) => section(one, heading).map((line) => `  ${line}`)),
  ]);
}

const clockTime = (iso: string | null): string => iso?.slice(11, 19) ?? 'never';

export const hostPatch: Scenario = {
  name: 'host-patch',
  title: 'Two container hosts out of patch compliance: emptied, patched and brought back, one after the other',
  world: 'hosts.account.yaml',
  steps: [
    {
      title: 'Systems Manager says that a host lacks patches. The pack as shipped asks first: nothing is changed',
      happen: async (theatre) => {
        await theatre.pass(61);
        complianceTold(theatre, [first]);
        await theatre.settle();
        const hosts = await hostsNow(theatre, cluster);
        expectHost(hosts, first, { status: 'ACTIVE', missing: 2 });
        expectThat(await restsAs(theatre, first, 'held'), 'the incident is not held');
        return [...hosts.map(hostLine), ...heard(theatre, 'notice', 'What was not done, and why')];
      },
    },
    {
      title: "The admin's own rule patches. Systems Manager says it of two hosts at once: one is emptied, one waits",
      happen: async (theatre) => {
        theatre.editRule('demo-patch', patchRule);
        await theatre.pass(61);
        complianceTold(theatre, [first, second]);
        const hosts = await untilHosts(theatre, cluster, {
          what: `${first} is empty`,
          withinSeconds: 600,
          isSo: (now) => now.some(({ id, status, tasks }) => id === first && status === 'DRAINING' && tasks === 0),
        });
        expectHost(hosts, second, { status: 'ACTIVE', missing: 2 });
        const { outcome, waits } = await headOf(theatre, second);
        expectThat(outcome === 'joined' && waits?.length === 1, `the incident of ${second} is ${outcome}`);
        const seen = await serviceNow(theatre, cluster, service);
        expectThat(seen.tasks.length === 3, `${seen.tasks.length} tasks run, not 3`);
        return [
          ...hosts.map(hostLine),
          `${second} waits for the turn of ${waits?.[0]?.turn}`,
          serviceLine(service, seen),
        ];
      },
    },
    {
      title: 'Patched, rebooted and read back, it takes tasks again',
      happen: async (theatre) => {
        const hosts = await untilHosts(theatre, cluster, {
          what: `${first} is patched`,
          withinSeconds: 1200,
          isSo: () => restsAs(theatre, first, 'contained'),
        });
        expectHost(hosts, first, { status: 'ACTIVE', missing: 0, failed: 0 });
        theatre.notes.set('first at rest', (await headOf(theatre, first)).restedAt ?? '');
        return [
          ...hosts.filter(({ id }) => id === first).map(hostLine),
          ...heard(theatre, 'digest', 'What was done', 'What is still open'),
        ];
      },
    },
    {
      title: "Then it is the second's turn. One of its patches cannot be installed: a notice, and it takes tasks again",
      happen: async (theatre) => {
        const hosts = await untilHosts(theatre, cluster, {
          what: `${second} is given up`,
          withinSeconds: 1200,
          isSo: () => restsAs(theatre, second, 'degraded'),
        });
        await theatre.settle();
        expectHost(hosts, second, { status: 'ACTIVE', missing: 0, failed: 1 });
        const before = theatre.notes.get('first at rest') ?? '';
        const { runAt, restedAt } = await headOf(theatre, second);
        expectThat(before !== '' && runAt >= before, `${second} was begun at ${runAt}, before ${first} was back`);
        return [
          `${first} was done at ${clockTime(before)}; ${second} was begun at ${clockTime(runAt)}, over at ${clockTime(restedAt)}`,
          ...hosts.map(hostLine),
          ...heard(theatre, 'notice', 'What was done', 'What was not done, and why', 'What you can do'),
        ];
      },
    },
    {
      title: 'firebreak undo says what cannot be put back, and changes nothing; the service has run in full',
      happen: async (theatre) => {
        const lines: string[] = [];
        for (const host of [first, second]) {
          const asked = { incident: incidentOf(theatre, host), by: 'demo', reason: 'not in office hours' };
          const answer = await undo(theatre.stage.effects, asked);
          if (answer.kind !== 'nothing') throw new NotAsTold(`undo answered ${answer.kind}`);
          expectThat(answer.reason.includes('is not taken out again'), `undo says: ${answer.reason}`);
          lines.push(answer.reason);
        }
        await theatre.settle();
        const hosts = await hostsNow(theatre, cluster);
        for (const { id } of hosts) expectHost(hosts, id, { status: 'ACTIVE' });
        const seen = await serviceNow(theatre, cluster, service);
        expectThat(seen.tasks.length === 3, `${seen.tasks.length} tasks run, not 3`);
        const messages = theatre.heard();
        expectThat(messages.length === 0, `messages: ${messages.map(shown).join('; ')}`);
        return [...lines, serviceLine(service, seen)];
      },
    },
  ],
};
