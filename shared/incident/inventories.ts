import type { Json } from '../platform/json.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** An image as it is told of. */
export interface InventoryImage {
  /** As it can be pulled: what tells it apart. */
  readonly name: string;
  readonly registry: string;
  readonly repository: string;
  readonly digest: string | null;
  readonly tags: readonly string[];
  /** Of a registry of Amazon ECR. */
  readonly account: string | null;
  readonly region: string | null;
}

/** An image of which was told that it is refused, and not yet that it is no more. */
export interface ToldImage {
  readonly image: InventoryImage;
  readonly refusals: readonly string[];
  /** By findings of its own, or by the one that stands for many. */
  readonly by: 'own' | 'many';
  /** In so many passes in a row nothing ran it. */
  readonly missed: number;
}

/** How far the inventory of running images has come. */
export interface InventoryRecord {
  /** Hash of what the settings want of images: when that is edited, what was found by it is not to be waited with. */
  readonly policy: string;
  /** When the pass began that is under way, or was the last, ISO; and its end, null before. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  /** The last image that was looked at in it. */
  readonly after: string | null;
  readonly images: number;
  readonly refused: number;
  /** Images of which something could not be told. */
  readonly unknown: number;
  /** So many were told of for the first time in this pass. */
  readonly fresh: number;
  /** What could not be read, the first of it, as sentences. */
  readonly unread: readonly string[];
  readonly told: readonly ToldImage[];
  /** How often this was written. */
  readonly writes: number;
}

/** Only this file writes under that key. */
export async function readInventory(table: Table): Promise<InventoryRecord | undefined> {
  const item = await table.get(keys.inventory);
  if (item === undefined) return undefined;
  // An attribute that is null is none.
  return { finishedAt: null, after: null, ...item } as unknown as InventoryRecord;
}

/** Writes what has been found since `before`. False: another has written meanwhile, and nothing was. */
export async function writeInventory(
  table: Table,
  before: InventoryRecord | undefined,
  record: Omit<InventoryRecord, 'writes'>,
): Promise<boolean> {
  const set = { ...(record as unknown as { readonly [name: string]: Json }), writes: (before?.writes ?? 0) + 1 };
  if (before === undefined) return table.putIfAbsent({ ...set, ...keys.inventory });
  return (await table.update(keys.inventory, { writes: before.writes }, { set })) !== undefined;
}
