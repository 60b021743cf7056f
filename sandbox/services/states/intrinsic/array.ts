import { canonicalJson, type Json } from '../../../../shared/platform/json.ts';
import type { Intrinsic } from './arguments.ts';

const MAX_RANGE = 1000;

export const arrayFunctions: { readonly [name: string]: Intrinsic } = {
  'States.Array': (args) => args.values,
  'States.ArrayLength': (args) => {
    args.count(1);
    return args.list(0).length;
  },
  'States.ArrayGetItem': (args) => {
    args.count(2);
    const item = args.list(0)[args.whole(1)];
    return item === undefined ? args.refuse(`has no item ${args.whole(1)}`) : item;
  },
  'States.ArrayContains': (args) => {
    args.count(2);
    const wanted = canonicalJson(args.any(1));
    return args.list(0).some((item) => canonicalJson(item) === wanted);
  },
  'States.ArrayUnique': (args) => {
    args.count(1);
    const seen = new Map<string, Json>();
    for (const item of args.list(0)) if (!seen.has(canonicalJson(item))) seen.set(canonicalJson(item), item);
    return [...seen.values()];
  },
  'States.ArrayPartition': (args) => {
    args.count(2);
    const [list, size] = [args.list(0), args.whole(1)];
    if (size < 1) args.refuse('wants a positive chunk size');
    return Array.from({ length: Math.ceil(list.length / size) }, (_, n) => list.slice(n * size, (n + 1) * size));
  },
  'States.ArrayRange': (args) => {
    args.count(3);
    const [first, last, step] = [args.whole(0), args.whole(1), args.whole(2)];
    if (step === 0) args.refuse('wants a step other than 0');
    const length = Math.max(0, Math.floor((last - first) / step) + 1);
    if (length > MAX_RANGE) args.refuse(`gives at most ${MAX_RANGE} items`);
    return Array.from({ length }, (_, n) => first + n * step);
  },
};
