import { beforeAll, describe, expect, it } from 'vitest';
import { type IncidentRecord, readIncident } from '../../../shared/incident/incidentRecord.ts';
import { listed } from '../../../shared/incident/listed.ts';
import type { Json } from '../../../shared/platform/json.ts';
import { pausePiece } from '../../../shared/report/console/forms.ts';
import { incidentPage } from '../../../shared/report/console/incident.ts';
import { listPage } from '../../../shared/report/console/list.ts';
import { sentencePage } from '../../../shared/report/console/page.ts';
import { miner, threat, threatFinding } from '../../plan/threats.ts';
import { askedLab, containedLab } from '../../respond/console/consoleLab.ts';
import { legible, payloads } from '../channels/hostilePayloads.ts';

/** All that a screen would obey, or that is no character; but for the line break. */
const obeyed = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\p{Cs}]/u;

/** Words of ours, and moments: no finding, tag or person chooses them. */
const ours = new Set([
  ...['state', 'outcome', 'direction', 'kind', 'tier', 'decision', 'cause', 'class', 'mode', 'phase', 'hash', 'of'],
]);
const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT/.test(text);

/** The same record, with a text in the place of every text that somebody else may have chosen. */
function with_(record: IncidentRecord, payload: string): IncidentRecord {
  const put = (value: Json, key: string): Json => {
    // The key of an item has 2,048 bytes at the most.
    if (key === 'incident' || key === 'interested')
      return typeof value === 'string' ? payload.slice(0, 500) : [payload.slice(0, 500)];
    if (typeof value === 'string') return ours.has(key) || isMoment(value) ? value : payload;
    if (Array.isArray(value)) return value.map((one) => put(one, key));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, put(one, name)]));
  };
  return put(JSON.parse(JSON.stringify(record)) as Json, '') as unknown as IncidentRecord;
}

const stage = 'prod';
const now = '2026-11-20T09:00:00.000Z';
const evidence = { place: 's3://bucket/evidence/x/', href: 'https://eu-west-1.console.aws.amazon.com/s3' };

/** Names of tags and of their attributes, in order: what a browser makes of it. */
const skeleton = (page: string): readonly string[] =>
  [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, ''));

const textOf = (page: string): string =>
  page
    .replace(/<[^>]*>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

let records: readonly IncidentRecord[];
beforeAll(async () => {
  const labs = [await askedLab(), await containedLab()];
  const read = await Promise.all(labs.map((lab) => readIncident(lab.effects, lab.incident)));
  const [asked, contained] = read;
  if (asked === undefined || contained === undefined) throw new Error('no incident');
  // With what a workload brings: a task, its containers, a process.
  const finding = { ...threatFinding(miner, threat({})), activity: now, event: { id: 'e' } };
  const call = { call: 'UpdateService', at: now, who: 'ann', from: 'here' };
  const changedBy = { since: now, calls: [call], more: 0, missing: 'no answer', asked: ['UpdateService'] };
  const steps = contained.plan?.steps.map((step) => ({ ...step, receipt: { ...step.receipt, changedBy } }));
  const hold = { by: 'ana', reason: 'we look', at: now, until: now };
  records = [
    asked,
    { ...contained, findings: [...contained.findings, finding], hold, plan: { ...contained.plan, steps } },
  ] as unknown as readonly IncidentRecord[];
});

/** Every page, with a text wherever one may come from elsewhere. */
async function pagesOf(payload: string): Promise<readonly string[]> {
  const visitor = { name: payload, csrf: 'c' };
  const may = { csrf: 'c', warnings: [payload] };
  const shown = records.flatMap((one) => {
    const record = with_(one, payload);
    const input = { stage, visitor, record, evidence, now };
    return [
      incidentPage({ ...input, may: { ...may, as: 'person' } }),
      incidentPage({ ...input, may: { ...may, as: 'link', path: '/l/x', plan: 'p' } }),
    ];
  });
  const all = records.map((one) =>
    listed({ ...with_(one, payload), outbox: [], plan: null, stops: null }, new Date(now)),
  );
  const about = [pausePiece('c', [{ target: payload.slice(0, 500), until: now, by: payload, reason: payload }])];
  const filter = { text: payload.slice(0, 200).toWellFormed(), outcome: payload, waits: payload };
  const list = listPage({
    stage,
    visitor,
    all,
    filter: { ...filter, outcome: '', waits: '' },
    about,
    now: new Date(now),
  });
  const none = listPage({ stage, visitor, all, filter, about, now: new Date(now) });
  const said = sentencePage(stage, visitor, { title: 'Refused', sentences: [payload] });
  return Promise.all([...shown, list, none, said].map(async (one) => String(await one)));
}

describe('what somebody else wrote is shown as text on every page', () => {
  it.each(payloads)('%s', async (_name, payload) => {
    const [usual, pages] = [await pagesOf('harmless'), await pagesOf(payload)];
    expect(pages.length).toBe(7);
    for (const [at, page] of pages.entries()) {
      // What is found by the filter differs; a browser makes the same of the rest.
      if (at < 4) expect(skeleton(page)).toEqual(skeleton(usual[at] ?? ''));
      expect(page).not.toMatch(
        /<(script|img|iframe|object|embed|base|meta http|svg\/|form action="https?:|a href="(?!\/|#|https:\/\/eu-west-1\.console))/i,
      );
      expect(textOf(page)).toContain(legible);
      expect(
        page
          .split(obeyed)
          .slice(0, -1)
          .map((one) => one.slice(-120)),
      ).toEqual([]);
      expect(page.isWellFormed()).toBe(true);
      expect(page.length).toBeLessThan(400_000);
    }
  });
});
