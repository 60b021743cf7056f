import { openHeads } from '../../../shared/incident/openHeads.ts';
import { readRecord } from '../../../shared/incident/records.ts';
import { comesNow, day, deliveries } from '../day.ts';
import { shown, tierOf } from '../looks.ts';
import { expectThat, type Scenario } from '../scenario.ts';
import { serviceNow } from '../service.ts';
import type { Theatre } from '../theatre.ts';

/** How often each comes, most often first: `observed 12, held 2`. */
function counted(words: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return sorted.map(([word, count]) => `${word} ${count}`).join(', ');
}

/** The id of one of the tasks that a service runs now. */
async function taskOf(theatre: Theatre, service: string): Promise<string> {
  const [task] = (await serviceNow(theatre, 'prod', service)).tasks;
  expectThat(task !== undefined, `no task of ${service} runs`);
  return task?.arn.split('/').at(-1) ?? '';
}

const keptOut = 'kept out by the filter of its source';
const known: readonly string[] = ['accepted', 'duplicate', 'ignored', 'invalid', keptOut];

const clockTime = (ms: number): string => new Date(ms).toISOString().slice(11, 16);
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export const companyDay: Scenario = {
  name: 'company-day',
  title: `A day of a small company under the pack as it is shipped: ${deliveries} events, and who hears of what`,
  world: 'examples/shop.account.yaml',
  startAt: '2026-11-20T09:15:00Z',
  isWholeDay: true,
  steps: [
    {
      title: 'From a quarter past nine to a quarter past nine the next morning',
      happen: async (theatre) => {
        const { account } = theatre.sandbox;
        const begins = theatre.now().getTime();
        const midnight = Date.parse(`${theatre.now().toISOString().slice(0, 10)}T00:00:00Z`);
        const ids: string[] = [];
        for (const [time, name, times = 1, service] of day) {
          const [hours = 0, minutes = 0] = time.split(':').map(Number);
          const sameDay = midnight + (hours * 60 + minutes) * minuteMs;
          const due = sameDay < begins ? sameDay + dayMs : sameDay;
          await theatre.pass((due - theatre.now().getTime()) / 1000);
          const within = service === undefined ? undefined : { service, task: await taskOf(theatre, service) };
          const event = comesNow(account, name, theatre.now(), within);
          ids.push(event.id);
          for (let n = 0; n < times; n += 1) theatre.deliver(event);
        }
        await theatre.pass((begins + dayMs - theatre.now().getTime()) / 1000);
        theatre.notes.set('ids', ids.join());
        return [`${deliveries} deliveries of ${ids.length} events`];
      },
    },
    {
      title: 'What became of each event',
      happen: async (theatre) => {
        const { table } = theatre.stage.effects;
        const ids = (theatre.notes.get('ids') ?? '').split(',');
        const records = await Promise.all(ids.map((id) => readRecord(table, id)));
        const results = records.map((record) => record?.result ?? keptOut);
        const lost = results.filter((result) => !known.includes(result));
        expectThat(lost.length === 0, `no record is as it should be: ${lost.join()}`);
        return [counted(results)];
      },
    },
    {
      title: 'What became of each incident',
      happen: async (theatre) => {
        const heads = await openHeads(theatre.stage.effects.table);
        const busy = heads.filter(({ state, outbox }) => state !== 'resting' || outbox.length > 0);
        expectThat(busy.length === 0, `not at rest: ${busy.map(({ incident }) => incident).join(', ')}`);
        const contained = heads.filter(({ outcome }) => outcome === 'contained').map(({ incident }) => incident);
        const wanted = ['ecs-group', 'ecs-service', 'ecs-service'];
        const kinds = contained.map((incident) => incident.split('/')[0]).sort();
        expectThat(kinds.join() === wanted.join(), `contained: ${contained.join(', ')}`);
        return [
          counted(heads.map(({ outcome }) => outcome ?? 'nothing')),
          ...contained.map((one) => `contained  ${one}`),
        ];
      },
    },
    {
      title: 'Who heard of it',
      happen: async (theatre) => {
        const messages = theatre.heard();
        const pages = messages.filter((one) => tierOf(one) === 'page');
        expectThat(
          pages.length > 0 && pages.length < messages.length / 2,
          `${pages.length} pages of ${messages.length}`,
        );
        return [
          `messages: ${counted(messages.map(tierOf))}`,
          ...pages.map((one) => `${clockTime(one.at)}  ${shown(one)}`),
        ];
      },
    },
  ],
};
