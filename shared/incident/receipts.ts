import type { JsonObject } from '../platform/json.ts';
import type { Receipt } from './items.ts';
import { keys } from './keys.ts';
import type { Item, Table } from './table.ts';

/** Which step of which plan. */
export interface StepAddress {
  readonly incident: string;
  readonly run: string;
  readonly round: number;
  readonly step: number;
}

const receiptOf = (item: Item): Receipt => item as unknown as Receipt;

const keyOf = ({ incident, run, round, step }: StepAddress) => keys.receipt(incident, run, round, step);

export async function readReceipt(table: Table, address: StepAddress): Promise<Receipt | undefined> {
  const item = await table.get(keyOf(address));
  return item === undefined ? undefined : receiptOf(item);
}

/** The receipts of one round, in the order of the steps. */
export async function receiptsOf(
  table: Table,
  incident: string,
  run: string,
  round: number,
): Promise<readonly Receipt[]> {
  const { pk, sk } = keys.receipt(incident, run, round, 0);
  const items = await table.query(pk, sk.slice(0, sk.lastIndexOf('#') + 1));
  return items.map(receiptOf);
}

/** Opens a receipt, or adds to the one that is there. Only the step's own Act and Verify write it, one after the other. */
export async function writeReceipt(table: Table, address: StepAddress, receipt: Receipt): Promise<void> {
  const attributes = receipt as unknown as JsonObject;
  if (await table.putIfAbsent({ ...attributes, ...keyOf(address) })) return;
  await table.update(keyOf(address), {}, { set: attributes });
}

/** Changes a receipt that is there. */
export async function amendReceipt(
  table: Table,
  address: StepAddress,
  set: Partial<Receipt>,
  remove: readonly (keyof Receipt)[] = [],
): Promise<void> {
  await table.update(keyOf(address), {}, { set: set as unknown as JsonObject, remove });
}
