import { messagesOf } from '../../../sandbox/services/sns/topics.ts';
import { readHead } from '../../../shared/incident/head.ts';
import type { Head } from '../../../shared/incident/items.ts';
import { undo } from '../../../shared/respond/undo.ts';
import { changeLines, complianceTold, type HostSeen, hostLine, hostsNow, type Look, watchHosts } from '../hosts.ts';
import { expectHeard, shown } from '../looks.ts';
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

/** How its incident rests; null while it is under way, or nobody has heard of it. */
async function restingOutcome(theatre: Theatre, host: string): Promise<Head['outcome']> {
  const head = await readHead(theatre.stage.effects.table, incidentOf(theatre, host));
  return head?.state === 'resting' ? head.outcome : null;
}

/** When it was told that a host is patched, and when the run began that has dealt with the other one last. */
async function turns(theatre: Theatre): Promise<{ readonly told: string; readonly begun: string }> {
  const message = messagesOf(theatre.sandbox.account).find(
    ({ subject }) => subject?.includes(first) === true && subject.includes(' fixed,'),
  );
  const head = await readHead(theatre.stage.effects.table, incidentOf(theatre, second));
  if (message === undefined || head === undefined) throw new NotAsTold(`nobody was told that ${first} is patched`);
  return { told: new Date(message.at).toISOString(), begun: head.runAt };
}

function expectHost(hosts: readonly HostSeen[], id: string, wanted: Partial<HostSeen>): void {
  const host = hosts.find((one) => one.id === id);
  const differs = Object.entries(wanted).find(([key, value]) => host?.[key as keyof HostSeen] !== value);
  expectThat(differs === undefined, `of ${id}, ${differs?.[0]} is not ${differs?.[1]}`);
}

const wasEmpty = (looks: readonly Look[], host: string): boolean =>
  looks.some(({ hosts }) => hosts.some(({ id, status, tasks }) => id === host && status === 'DRAINING' && tasks === 0));

const clockTime = (iso: string): string => iso.slice(11, 19);

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
        expectThat((await restingOutcome(theatre, first)) === 'held', 'the incident is not held');
        return [...hosts.map(hostLine), ...expectHeard(theatre, 'notice', ['What was not done, and why'])];
      },
    },
    {
      title:
        "The admin's own rule patches. Systems Manager says it of two hosts within seconds: one goes after the other",
      happen: async (theatre) => {
        theatre.editRule('demo-patch', patchRule);
        await theatre.pass(61);
        complianceTold(theatre, [first]);
        // Of two that are told in the same moment, either may be taken in first.
        await theatre.pass(2);
        complianceTold(theatre, [second]);
        const looks = await watchHosts(theatre, cluster, {
          what: 'both hosts are dealt with',
          withinSeconds: 1800,
          isSo: async () =>
            (await restingOutcome(theatre, second)) === 'degraded' && (await restingOutcome(theatre, first)) !== null,
        });
        await theatre.settle();
        for (const { at, hosts } of looks) {
          const away = hosts.filter(({ status }) => status !== 'ACTIVE');
          expectThat(away.length <= 1, `at ${at.toISOString()} ${away.length} hosts take no tasks`);
        }
        for (const id of [first, second]) expectThat(wasEmpty(looks, id), `${id} was not emptied`);
        const { told, begun } = await turns(theatre);
        expectThat(begun >= told, `${second} was begun at ${begun}, ${first} was done at ${told}`);
        return [
          ...changeLines(looks),
          `${second} waited for its turn: ${first} was done at ${clockTime(told)}, and it was begun at ${clockTime(begun)}`,
        ];
      },
    },
    {
      title:
        'The first is patched and takes tasks again; the second, of which a patch cannot be installed, does so too',
      happen: async (theatre) => {
        const hosts = await hostsNow(theatre, cluster);
        expectHost(hosts, first, { status: 'ACTIVE', missing: 0, failed: 0 });
        expectHost(hosts, second, { status: 'ACTIVE', missing: 0, failed: 1 });
        const seen = await serviceNow(theatre, cluster, service);
        expectThat(seen.tasks.length === 3, `${seen.tasks.length} tasks run, not 3`);
        return [...hosts.map(hostLine), serviceLine(service, seen)];
      },
    },
    {
      title: 'Nobody is woken: what was done is for the morning, what was not is a notice',
      happen: async (theatre) =>
        expectHeard(theatre, 'digest,notice', [
          'What was done',
          'What was not done, and why',
          'What is still open',
          'What you can do',
        ]),
    },
    {
      title: 'firebreak undo says that nothing can be put back, and changes nothing',
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
        const messages = theatre.heard();
        expectThat(messages.length === 0, `messages: ${messages.map(shown).join('; ')}`);
        return lines;
      },
    },
  ],
};
