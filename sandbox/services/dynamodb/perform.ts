import type { TableDescription } from '@aws-sdk/client-dynamodb';
import validations from 'dynalite/validations/index.js';
import { type Account, AwsError, type Call } from '../../account.ts';
import { consumeRead, consumeWrite } from './capacity.ts';
import type { Action, Checked, Expression, Failure, Item, Operand, Shape } from './dynaliteShapes.ts';
import { decideEquality } from './equality.ts';
import { inSafeOrder } from './removals.ts';
import { tableByName } from './state.ts';
import { type UnitOfWork, unitOfWork } from './store.ts';
import { tableName } from './tableName.ts';

/** An operation of dynalite: its action, and the shape and rules of its input. */
export interface Part {
  readonly action: Action;
  readonly shape: Shape;
}

/** Validates and runs one request. Writes are done when it returns: nothing of another request can come in between. */
export function performNow<O>({ account, principal }: Call, part: Part, input: object): O {
  const work = unitOfWork(account);
  const outcome: { error?: Failure; value?: object } = {};
  run(work, part, check(part.shape, input, work), (error, value) => {
    if (error) outcome.error = error;
    else outcome.value = value ?? {};
  });
  if (outcome.error) {
    const refused = refusal(outcome.error, input, work.existing);
    if (refused instanceof AwsError && refused.code === CONDITION) {
      consumeWrite(account, principal, { before: work.existing, after: work.existing, table: tableOf(account, input) });
    }
    throw refused;
  }
  if (!outcome.value) throw new Error('dynalite did not answer at once');
  if (work.written === undefined) consumeRead(account, principal, found(work.existing), isConsistent(input));
  else {
    const after = work.written ?? undefined;
    consumeWrite(account, principal, { before: work.existing, after, table: tableOf(account, input) });
  }
  work.commit();
  return outcome.value as O;
}

const CONDITION = 'ConditionalCheckFailedException';

const found = (item: Item | undefined): readonly Item[] => (item === undefined ? [] : [item]);

const isConsistent = (input: object): boolean => (input as { ConsistentRead?: boolean }).ConsistentRead === true;

const tableOf = (account: Account, input: object): TableDescription =>
  tableByName(account, tableName((input as { TableName?: string }).TableName ?? '')).description;

/** The same for what reads a stream. The clock stands still meanwhile. */
export function performRead<O extends { Items?: Item[] | undefined }>(
  { account, principal }: Call,
  part: Part,
  input: object,
): Promise<O> {
  const work = unitOfWork(account);
  const checked = check(part.shape, input, work);
  const answer = new Promise<O>((resolve, reject) => {
    part.action(work, checked, (error, value) => {
      if (error) return reject(refusal(error, input));
      consumeRead(account, principal, (value as O).Items ?? [], isConsistent(input));
      resolve(value as O);
    });
  });
  return account.clock.busy(answer);
}

/** Validates a request that no action of dynalite's runs. Throws AwsError. */
export const checkedInput = (account: Account, shape: Shape, input: object): Checked =>
  check(shape, input, unitOfWork(account));

function check(shape: Shape, input: object, work: UnitOfWork): Checked {
  try {
    const checked = validations.checkTypes(withTableName(input), shape.types);
    validations.checkValidations(checked, shape.types, shape.custom, work);
    refuseDocuments(checked._filter?.expression);
    if (checked._updates) checked._updates.sections = inSafeOrder(checked._updates.sections);
    return checked;
  } catch (error) {
    throw error instanceof Error ? refusal(error, input) : error;
  }
}

function run(work: UnitOfWork, part: Part, checked: Checked, done: (error: Failure | null, value?: object) => void) {
  const condition = checked._condition;
  if (!condition) return part.action(work, checked, done);
  // The action evaluates the condition right after it has read the item.
  const { getItemDb } = work;
  work.getItemDb = (table) => {
    const db = getItemDb(table);
    return {
      ...db,
      get: (key, found) =>
        db.get(key, (error, item) => {
          condition.expression = decideEquality(condition.expression, item ?? {});
          found(error, item);
        }),
    };
  };
  part.action(work, checked, done);
}

/** A filter is decided per item, inside dynalite, which compares maps and lists by reference: refused rather than wrong. */
function refuseDocuments(expression: Expression | Operand | undefined): void {
  if (expression === undefined || Array.isArray(expression)) return;
  if ('M' in expression || 'L' in expression) {
    throw new AwsError('ValidationException', 'This account does not compare maps or lists in a filter expression');
  }
  if ('args' in expression) for (const inner of expression.args) refuseDocuments(inner);
}

function withTableName(input: object): object {
  const { TableName, ...rest } = input as { TableName?: string };
  return TableName === undefined ? rest : { TableName: tableName(TableName), ...rest };
}

function refusal(error: Failure, input: object, existing?: Item): Error {
  const { body } = error;
  if (!body) return error;
  const code = body.__type.split('#').at(-1) ?? body.__type;
  const message = body.message ?? body.Message ?? '';
  const wanted = (input as { ReturnValuesOnConditionCheckFailure?: string }).ReturnValuesOnConditionCheckFailure;
  const failed = code === CONDITION && wanted === 'ALL_OLD';
  return failed && existing
    ? new ConditionalCheckFailed(message, existing)
    : new AwsError(code, message, error.statusCode);
}

/** The answer to a failed condition, with the item as it is: asked for by ReturnValuesOnConditionCheckFailure. */
class ConditionalCheckFailed extends AwsError {
  /** Goes on the wire under this name. */
  readonly Item: Item;
  constructor(message: string, item: Item) {
    super('ConditionalCheckFailedException', message);
    this.Item = item;
  }
}
