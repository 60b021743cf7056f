import { provenBy, type RemovedCheck } from '../removedCheck.ts';

const check = provenBy('test/actions/deactivateAccessKey.test.ts', 'shared/actions/');
const around = provenBy('test/respond/accusedKeys.test.ts', 'shared/');
const [acts, targets] = ['deactivateAccessKey.ts', 'targets/keyTarget.ts'];
const [keys, plain] = ['respond/accusedKeys.ts', 'account/plainSecrets.ts'];

/** What keeps the value of a secret from being kept, and a key from being set Inactive that must not be, or only in our belief. */
export const accessKeyChecks: readonly RemovedCheck[] = [
  check(
    acts,
    "if (never !== null) return { kind: 'hold', reason: never, seen };",
    '',
    'is never to touch a key of',
    'a rule locks out whoever has to mend it',
  ),
  check(
    acts,
    "if (status !== 'Active') return",
    "if (status === '') return",
    'is nothing where it is',
    'a key that somebody had set Inactive is set Active by an undo of ours',
  ),
  check(
    acts,
    "return { state: status === meant ? 'holds' : 'pending', seen, absence: false };",
    "return { state: 'holds', seen, absence: false };",
    'is not done before IAM shows it',
    'a key that still opens everything is told as Inactive',
  ),
  check(
    acts,
    'throw new TargetGone(`User ${user} has no access key ${id} any more`);',
    "return 'Active';",
    'is gone where a person has deleted the key',
    'a key that somebody has deleted is told as Active',
  ),
  check(
    acts,
    '(page) => page.Marker,',
    '() => undefined,',
    'on every page',
    'a key on the second page is told as gone, and goes on opening everything',
  ),
  check(
    acts,
    'const { protectedBy } = unlessItPasses(own, `Reading user ${user}`);',
    'const { protectedBy } = { protectedBy: null };',
    'counts as protected',
    'the key of a protected user is set Inactive without a person',
  ),
  check(
    acts,
    "isOn: (asked) => textAt(asked, 'accessKeyId') === target.id,",
    'isOn: () => true,',
    'by none on another',
    'whoever changed another key is told to have changed this one back',
  ),
  check(
    targets,
    'owner === account && longTermKey.test(id) && userName.test(user)',
    'owner !== undefined',
    'are none for',
    'what a definition says widens the session to every user',
  ),
  around(
    plain,
    "usualName.test(name) ? name : '(a name that is not shown)'",
    'name',
    'goes on more than the id of a key',
    'a secret in the name of a variable is stored and sent to people',
  ),
  around(
    plain,
    'value.match(keyIds) ?? []',
    '[value]',
    'goes on more than the id of a key',
    'the value of a secret is stored and sent to people',
  ),
  around(
    plain,
    "one.startsWith('AKIA')",
    'one.length > 0',
    'is no key: temporary credentials',
    'temporary credentials are taken for a key of a user',
  ),
  around(
    plain,
    'userName.test(UserName) ? UserName : null',
    'UserName',
    'is told, and left, with a key of the root user',
    'a key of the root user is taken for that of a user',
  ),
  around(
    plain,
    "if (kind === 'denied' || kind === 'gone') return null;",
    "if (kind === 'denied' || kind === 'gone') return 'unknown';",
    'is told, and left, with a key of another account',
    'a key of another account is taken for that of a user here',
  ),
  around(
    keys,
    'const doubts = isToBe ? unsure : unread;',
    'const doubts = unread;',
    'is no reason to call it fixed',
    'a definition that could not be read, or a key that nobody here can take away, is told as nothing to do',
  ),
  around(
    keys,
    'if (throttled !== undefined && !lastTry) throw',
    'if (throttled === null) throw',
    'that AWS throttles is read again',
    'a service that runs the definition is not named, because AWS was asked once too fast',
  ),
];
