import { provenBy, type RemovedCheck, type RemovedEntry } from '../removedCheck.ts';

const campaign = 'test/respond/campaign.test.ts';
const storm = 'test/respond/storm.test.ts';
const protocol = 'test/respond/foldProtocol.test.ts';
const settled = 'test/report/settled.test.ts';
const common = 'test/plan/campaigns.test.ts';
const of =
  (test: string) =>
  (entry: RemovedEntry): RemovedCheck =>
    provenBy(test, 'shared/')(...entry);

const ofCampaigns: readonly RemovedEntry[] = [
  [
    'respond/campaign.ts',
    '} else if (message.settled === true) {',
    '} else {',
    'a page by itself where it is not contained',
    'what is not contained is folded by a campaign, and nobody gets up for it',
  ],
  [
    'respond/relates.ts',
    'page === null || page.foldedInto !== undefined ? campaignsOf(plan) : []',
    'campaignsOf(plan)',
    'woken for that incident before',
    'whoever was woken for an incident never hears that it is contained',
  ],
  [
    'respond/campaign.ts',
    '>= quietMs',
    '>= 100 * quietMs',
    'quiet for six hours',
    'an actor who comes back after weeks is a line in an old list',
  ],
  [
    'respond/campaign.ts',
    'head?.page == null || head.page.foldedInto !== undefined',
    'head === undefined || head.page?.foldedInto !== undefined',
    'once the page that told it is over',
    'what comes after a false alarm is folded into it',
  ],
  [
    'respond/campaign.ts',
    "  return state === 'pending' ? { kind: 'pending' } : over;",
    "  return state === 'pending' ? { kind: 'pending' } : { kind: 'told', parent: head };",
    'that was never sent tells of no other',
    'a page is folded into one that nobody ever got',
  ],
  [
    'respond/foldInto.ts',
    " < justMs ? 'pending' : 'unsent'",
    " < justMs ? 'sent' : 'unsent'",
    'that was never sent tells of no other',
    'a page is folded into one that is not out yet, and may never be',
  ],
  [
    'respond/campaign.ts',
    ' || (mine.goesOn && !record.goesOn)',
    '',
    'goes on less than it would',
    'a page that would call the next person is told by one that calls nobody',
  ],
  [
    'incident/keys.ts',
    '`${team}\\n${campaign}`',
    '`${campaign}`',
    'for its team alone',
    'a team is told of its incident by a page that goes to another team',
  ],
  [
    'respond/campaign.ts',
    'const urgent = await opensMore(effects, parent.incident, message, record.roles);',
    'const urgent = false;',
    'where no page says so yet',
    'credentials are open, and nobody is woken for them',
  ],
  [
    'respond/fold.ts',
    '    return false;\n  }\n}',
    '    return true;\n  }\n}',
    'by itself where the table cannot say',
    'a table that throttles keeps pages back',
  ],
  [
    'incident/gatherings.ts',
    ', next: null, foldedInto: parent }',
    ', foldedInto: parent }',
    'goes on with the one that tells it',
    'a page that was folded goes on by itself all the same',
  ],
  [
    'respond/acknowledge.ts',
    'page.acknowledged ?? (await whoHasThatOf(table, page))',
    'page.acknowledged',
    'in the hands of whoever has',
    'whoever has a campaign in hand is asked for each of its incidents',
  ],
  [
    'respond/sweep.ts',
    'sendOutbox(effects, head, mine, hasDigest);\n  if (head?.gathering !== undefined) await tellGathered(effects, incident);\n',
    'sendOutbox(effects, head, mine, hasDigest);\n',
    'is listed in a notice',
    'nobody hears how many there are',
  ],
];

const ofStorms: readonly RemovedEntry[] = [
  [
    'respond/storm.ts',
    "  if (state !== 'sent') return state === 'pending';\n",
    '',
    'never sent tells of nothing',
    'a page is folded into that of a storm which was never sent',
  ],
  [
    'respond/storm.ts',
    'message.settled !== true || goesOn',
    'goesOn',
    'lists what is not contained first',
    'what is not contained is folded by a storm, and its page does not come again',
  ],
  [
    'respond/storm.ts',
    '|| (await opensMore(effects, parent.incident, message))',
    '',
    'goes out again for credentials',
    'credentials are open, and nobody is woken for them',
  ],
  [
    'respond/tellGathered.ts',
    'since >= pageMs',
    'since >= 0',
    'lists what is not contained first',
    'a storm of what is not contained is a storm of pages',
  ],
  [
    'incident/storms.ts',
    'page.slice(0, since.length) > since',
    'page !== since',
    'is none where they come more slowly',
    'a quiet day is called a storm',
  ],
  [
    'incident/storms.ts',
    'for (const start of [from - length, from])',
    'for (const start of [from])',
    'over the edge of any stretch',
    'a storm at the edge of ten minutes is twenty pages',
  ],
  [
    'respond/tellGathered.ts',
    "due === 'over' && countsOf(all).needs.length === 0",
    "due === 'over'",
    'ends no alert while something',
    'the alert is resolved while something is not contained',
  ],
  [
    'respond/hold.ts',
    'if (isStorm(incident))',
    "if (incident === '')",
    'nothing that a person can hold',
    'a run is opened for a storm, which has no finding',
  ],
  [
    'incident/outbox.ts',
    '    await table.update(key, {}, { set: { sent: true, foldedInto: null } });',
    '    {}',
    'could not be listed pages by itself',
    'the record says of a page that went out that it did not',
  ],
];

const ofProtocol: readonly RemovedEntry[] = [
  [
    'respond/foldInto.ts',
    '  await putFolded(table, parent.incident, folded);\n',
    '',
    'of one actor are one page',
    'a page is folded, and stands in no list',
  ],
  [
    'respond/campaign.ts',
    'if (!(await lead(table, one, before))) return undefined;',
    'await lead(table, one, before);',
    'of one actor are one page',
    'two that tell at the same instant are two pages',
  ],
];

const ofSettled: readonly RemovedEntry[] = [
  [
    'report/settled.ts',
    '  ![wanted, loses, down, breached, comesBack, short, keepsTurn, unfixed].includes(true) &&\n',
    '',
    'is nothing with',
    'what needs somebody is told in a list, and wakes nobody',
  ],
  [
    'report/settled.ts',
    ' &&\n  stops.length === 0',
    '',
    'is nothing with',
    'what a pause keeps from being contained is told in a list, and wakes nobody',
  ],
  [
    'report/settled.ts',
    "  outcome === 'contained' &&\n",
    '',
    'is nothing that is',
    'what is not contained is folded by a campaign',
  ],
];

const inCommon: readonly RemovedEntry[] = [
  [
    'plan/campaigns.ts',
    "cause === 'image' ? blamed",
    'cause !== null ? blamed',
    'is the image',
    'incidents of one image that is not to blame are taken for one campaign',
  ],
  [
    'plan/campaigns.ts',
    "decision === 'rule' ? actorsOf",
    'decision !== null ? actorsOf',
    'nothing that no rule took',
    'what is exempted makes a campaign of incidents that have nothing in common',
  ],
  [
    'plan/campaigns.ts',
    '`remote ${account} ',
    '`remote ',
    'in one account',
    'what one account sees is told by the page of another',
  ],
];

/** Many incidents are told by one page, and what needs somebody wakes somebody all the same. */
export const manyChecks: readonly RemovedCheck[] = [
  ...ofCampaigns.map(of(campaign)),
  ...ofStorms.map(of(storm)),
  ...ofProtocol.map(of(protocol)),
  ...ofSettled.map(of(settled)),
  ...inCommon.map(of(common)),
];
