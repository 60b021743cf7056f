import type { RemovedCheck } from '../../removedCheck.ts';

const door = 'test/cli/doctor/throughDoor.test.ts';
const deciding = 'test/system/doctor/deciding.test.ts';
const examined = 'test/cli/doctor/examine.test.ts';
const told = 'test/system/pageTest.test.ts';

export const doctorChecks: readonly RemovedCheck[] = [
  {
    file: 'cli/doctor/checks/eksAccess.ts',
    text: 'entry.accessEntry?.kubernetesGroups?.includes(clusterGroup) !== true',
    replacement: "clusterGroup === ''",
    test: 'test/cli/doctor/eksAccess.test.ts',
    name: 'without its group',
    why: 'a cluster is called in order in which nothing can be stopped',
  },
  {
    file: 'cli/doctor/examine.ts',
    text: "return looked.some(({ state }) => state === 'unknown') ? 2 : 0;",
    replacement: 'return 0;',
    test: examined,
    name: 'end with 2',
    why: 'a stage of which nothing could be read passes for one in order',
  },
  {
    file: 'cli/doctor/examine.ts',
    text: "if (looked.some(({ state }) => state === 'broken')) return 1;",
    replacement: '',
    test: examined,
    name: 'end with 1',
    why: 'a script that runs it every morning hears of nothing',
  },
  {
    file: 'cli/doctor/examine.ts',
    text: 'seen: plain(message, 500)',
    replacement: 'seen: message',
    test: examined,
    name: 'go on where one cannot be read',
    why: 'what AWS answers begins a line of ours in what scripts read',
  },
  {
    file: 'cli/doctor/asked.ts',
    text: 'throw isDenied(cause) ? new NotAllowed(permission, cause) : cause;',
    replacement: 'throw cause;',
    test: examined,
    name: 'know a refusal by its name',
    why: 'nobody knows which permission to give',
  },
  {
    file: 'cli/doctor/lines.ts',
    text: '\n    .map(printable);',
    replacement: ';',
    test: examined,
    name: 'are shown in lines',
    why: 'a name in an account moves the cursor of whoever looks',
  },
  {
    file: 'cli/doctor/pages.ts',
    text: 'while (token !== undefined);',
    replacement: 'while (token !== undefined && all.length === 0);',
    test: 'test/cli/doctor/stack.test.ts',
    name: 'are all read',
    why: 'what stands on the second page of a list is never looked at',
  },
  {
    file: 'cli/doctor/checks/subscriptions.ts',
    text: "SubscriptionArn.startsWith('arn:');",
    replacement: "SubscriptionArn !== '';",
    test: door,
    name: 'a subscription counts once it is confirmed',
    why: 'a mail that nobody answered passes for somebody who is told',
  },
  {
    file: 'cli/doctor/checks/ruleSet.ts',
    text: 'if (problems.length > 0) return broken(`${refused} ${decides}`, `Mend it in Parameter Store, or ${drop}.`);\n',
    replacement: '',
    test: deciding,
    name: 'names a rule edit that is refused',
    why: 'a rule with a slip in it is thought to decide',
  },
  {
    file: 'cli/doctor/checks/roles.ts',
    text: '/^A[A-Z]{3}[A-Z0-9]{12,}$/.test(principal)',
    replacement: 'principal === ""',
    test: door,
    name: 'a role that trusts one that is gone',
    why: 'a responder that nobody can become passes for one in reach',
  },
  {
    file: 'cli/doctor/checks/alarms.ts',
    text: 'ActionsEnabled === false',
    replacement: 'ActionsEnabled === undefined',
    test: door,
    name: 'an alarm that was muted',
    why: 'an alarm that was muted for an afternoon stays so',
  },
  {
    file: 'cli/pageTestCommand.ts',
    text: 'Sent by ${plain(by, 200)} at',
    replacement: 'Sent by ${by} at',
    test: told,
    name: 'keeps what the tester wrote on its line',
    why: 'a test message has a line that looks like a page',
  },
];
