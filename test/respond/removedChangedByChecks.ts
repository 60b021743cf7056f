import { provenBy } from '../removedCheck.ts';

const look = provenBy('test/respond/whoChanged.test.ts', 'shared/respond/');
const act = provenBy('test/respond/changedByHand.test.ts', 'shared/respond/');
const told = provenBy('test/report/changedBy.test.ts', 'shared/report/');
const declared = provenBy('test/actions/changedBy.test.ts', 'shared/actions/');

/** What keeps a name that is told from being the wrong one, and a look-up from deciding anything. */
export const changedByChecks = [
  look(
    'whoChanged.ts',
    '  if (errorCode !== undefined) return undefined;\n',
    '',
    'is nobody whose call AWS has refused',
    'Whoever tried in vain is told as who did it.',
  ),
  look(
    'whoChanged.ts',
    '  if (userIdentity.sessionContext?.sessionIssuer?.arn === ours) return undefined;\n',
    '',
    'is never ourselves',
    'Our own containment is told as what a person did.',
  ),
  look(
    'whoChanged.ts',
    '?.arn === ours)',
    '?.arn?.startsWith(ours) === true)',
    'a role that is only named alike is not us',
    'Whoever names a role like ours is never told.',
  ),
  look(
    'whoChanged.ts',
    'call.eventSource === eventSource && ',
    '',
    'nobody who has called for something else',
    'A call of the same name of another service is told.',
  ),
  look(
    'whoChanged.ts',
    'call.isOn(asked, answered)',
    'true',
    'nobody who has called for something else',
    'Whoever deploys another service is told as who changed this one.',
  ),
  look(
    'whoChanged.ts',
    'request < mostRequests',
    'request < 1000',
    'through no more than four',
    'A busy account is asked until the time is up, and whoever else asks CloudTrail is refused.',
  ),
  look(
    'whoChanged.ts',
    'Math.max(Date.parse(startedAt), now.getTime() - keptMs)',
    'Date.parse(startedAt)',
    'no more than the 90 days',
    'Of what has stood for months nobody is ever named: CloudTrail refuses such a look-up.',
  ),
  look(
    'whoChanged.ts',
    'timeBox(effects.clock, patienceMs)',
    'timeBox(effects.clock, 3_600_000)',
    'is not waited for longer than ten seconds',
    'A look-up that is not answered takes Act to its end, and what was decided is not told.',
  ),
  look(
    'whoChanged.ts',
    '    return asked.length === 0 ? undefined : answer(why);\n',
    '    throw error;\n',
    'which is said and thrown at nobody',
    'A look-up that is refused fails the step.',
  ),
  look(
    'whoChanged.ts',
    '    who: cut(who, longestText),\n',
    '    who,\n',
    'is kept in few words',
    'A name of megabytes fills the receipt, which then cannot be written.',
  ),
  look(
    'whoChanged.ts',
    'if (!read.success) return undefined;',
    'if (!read.success) throw new Error(read.error.message);',
    'is not hidden by a record that cannot be read',
    'One record that cannot be read hides all who are named beside it.',
  ),
  act(
    'standing.ts',
    "      against: 'person',\n      byOthers: standing,\n",
    "      against: 'person',\n",
    'is told with who did it, once',
    'What a person changed back is told without who it was.',
  ),
  act(
    'standing.ts',
    "state: 'held', why, byOthers: standing } as const;",
    "state: 'held', why } as const;",
    'where a step that was interrupted finds it so',
    'A third value is told without who has set it.',
  ),
  act(
    'standing.ts',
    "    return { kind: 'ended', state: 'held', why, byOthers: standing };",
    "    return { kind: 'ended', state: 'held', why };",
    'keeps an undo from putting it back',
    'An undo that is in the way of somebody is told without who that is.',
  ),
  told(
    'changedBy.ts',
    '.replaceAll(\'"\', "\'")',
    '',
    'stays text where it is the end of its quotes',
    'A name that goes on after its quotes writes a sentence of ours.',
  ),
  told(
    'changedBy.ts',
    '`"${plain(text, 300)',
    '`"${text',
    'stays text where it is',
    'A name with line breaks or what runs backwards writes lines of ours.',
  ),
  declared(
    'quarantineImageCalls.ts',
    "        textAt(asked, 'targetStorageClass') !== 'ARCHIVE' &&\n",
    '',
    'is not restored by an archiving',
    'Whoever archived an image is told as who restored it.',
  ),
  declared(
    'containServiceCalls.ts',
    '(said === undefined ? named : said === arn)',
    'named',
    'is told by the answer, else by the names',
    'Whoever names a service by its ARN alone is not found.',
  ),
  declared(
    'containServiceCalls.ts',
    ' && changing.some((name) => Object.hasOwn(asked, name))',
    '',
    'and by nothing else of it',
    'Whoever has turned on a shell in it is told as who scaled it up.',
  ),
];
