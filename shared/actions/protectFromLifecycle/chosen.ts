import * as z from 'zod';
import type { JsonObject } from '../../platform/json.ts';
import { keepTags } from '../targets/imageTarget.ts';
import type { Digested } from './reads.ts';

/** What the plan chose: the tag of ours that no other image had. */
export const chosenShape = z.object({ tag: z.string().startsWith(keepTags.prefix) });

/** The tag that a step has chosen, as its record says; undefined before one has. */
export const chosenTag = (chosen: JsonObject | undefined): string | undefined =>
  chosenShape.safeParse(chosen).data?.tag;

/** The tag that a step is about. One that was begun before there was a choice has the usual one. */
export const tagOf = (target: Digested, { chosen }: { readonly chosen?: JsonObject | undefined }): string =>
  chosenTag(chosen) ?? keepTags.of(target.digest);
