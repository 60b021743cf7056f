import { beforeAll, describe, expect, it } from 'vitest';
import { explainAll } from '../../../cli/explain/command.ts';
import type { Explained } from '../../../cli/explain/explained.ts';
import { account, type Became, deployedOn, rules, type Said, silence } from './deployed.ts';
import { cases } from './events.ts';

const events = cases.map(({ event }) => event);

const saidBy = ({ decision, incident, plan, page }: Explained): Said => ({
  decision,
  incident,
  sentences: plan.map(({ sentence }) => sentence),
  tier: page.tier,
  subject: page.subject,
});

/** What the deployed stack said about the incident that explain says an event is about, or of an event that led to none. */
function deployedSaid({ result, said }: Became, incident: string | null): Said {
  if (result === 'invalid') return { decision: 'invalid', ...silence };
  const all = Object.values(said);
  return (incident === null ? all[0] : said[incident]) ?? { decision: 'ignore', ...silence };
}

/** Of another Region explain reads nothing, and the deployed stack's calls are refused one by one: what each would do is worded otherwise. */
const compared = ({ sentences, ...said }: Said, { findings }: Explained) =>
  findings.every(({ region }) => region === 'us-east-1') ? { ...said, sentences } : said;

describe('explain and the deployed stack, on the same account and rules', () => {
  let became: readonly Became[] = [];
  let explained: readonly Explained[] = [];

  beforeAll(async () => {
    const deployed = await deployedOn(events);
    became = deployed.became;
    explained = await explainAll(events, { rules, account, at: deployed.at });
  }, 300_000);

  it.each(cases.map((one, at) => ({ ...one, at })))('agree on $about', ({ at, decision, tier }) => {
    const [mine, theirs] = [explained[at], became[at]];
    if (mine === undefined || theirs === undefined) throw new Error('nothing was said');
    expect(compared(saidBy(mine), mine)).toEqual(compared(deployedSaid(theirs, mine.incident), mine));
    expect({ decision: mine.decision, tier: mine.page.tier }).toEqual({ decision, tier });
  });

  it('agree on each finding of an event, and on its incident', () => {
    for (const [at, { findings }] of explained.entries()) {
      const said = became[at]?.said ?? {};
      const decided = findings.filter(({ decision }) => decision !== 'ignore');
      expect(new Set(decided.map(({ incident }) => incident))).toEqual(
        new Set(Object.values(said).flatMap(({ incident }) => incident ?? [])),
      );
      for (const { incident, decision } of decided) expect(said[incident ?? '']?.decision).toBe(decision);
      expect(became[at]?.result === 'invalid').toBe(explained[at]?.decision === 'invalid');
    }
  });

  it('agree on what is never seen: no rule routes it, and it has no record', () => {
    expect(became.map(({ result }) => result === undefined)).toEqual(explained.map(({ intake }) => intake === null));
  });

  it('agree on why an event is ignored at intake, or invalid', () => {
    for (const [at, { decision, reason, intake, findings }] of explained.entries()) {
      if (intake === null || findings.length > 0) continue;
      expect(['ignore', 'invalid']).toContain(decision);
      expect(reason).toContain(became[at]?.reason);
    }
  });
});
