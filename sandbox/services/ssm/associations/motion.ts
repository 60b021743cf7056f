import { type Account, slice } from '../../../account.ts';
import { managedNodes } from '../nodes/state.ts';
import { associations, type Execution, nodesOf, type StoredAssociation } from './state.ts';

const STEP = 'ssm.associate';

/** AWS gives no figure: so many seconds until the agent has it, and until it is applied, by the account's seed. */
const SECONDS = { Pending: [2, 6], InProgress: [5, 20] } as const;

const handled = slice('ssm.associations.motion', (account) => {
  account.clock.on(STEP, (args) => {
    const { association: id, execution: of, node } = args as { association: string; execution: string; node: string };
    const association = associations(account).get(id);
    const execution = association?.executions.find((one) => one.id === of);
    if (association !== undefined && execution !== undefined) goOn(account, association, execution, node);
  });
  return true;
});

function queue(account: Account, association: StoredAssociation, execution: Execution, node: string): void {
  const status = execution.targets.get(node)?.status;
  if (status !== 'Pending' && status !== 'InProgress') return;
  const [least, most] = SECONDS[status];
  const delay = Math.round((least + account.random.next() * (most - least)) * 1000);
  account.clock.after(delay, STEP, { association: association.id, execution: execution.id, node });
}

/** An agent that does not answer leaves it Pending. */
function goOn(account: Account, association: StoredAssociation, execution: Execution, node: string): void {
  const target = execution.targets.get(node);
  if (target === undefined || managedNodes(account).get(node)?.ping !== 'Online') return;
  const ended = association.failsOn.includes(node) ? ('Failed' as const) : ('Success' as const);
  target.status = target.status === 'Pending' ? 'InProgress' : ended;
  target.at = account.clock.now();
  queue(account, association, execution, node);
}

/** Applies it to all that it targets now. */
export function apply(account: Account, association: StoredAssociation): void {
  handled(account);
  const createdAt = account.clock.now();
  const targets = nodesOf(account, association).map(
    ({ id }) => [id, { nodeId: id, status: 'Pending' as const, at: createdAt }] as const,
  );
  const execution: Execution = { id: account.random.uuid(), createdAt, targets: new Map(targets) };
  association.executions.unshift(execution);
  for (const node of execution.targets.keys()) queue(account, association, execution, node);
}
