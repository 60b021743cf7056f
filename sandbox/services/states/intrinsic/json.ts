import type { Json } from '../../../../shared/platform/json.ts';
import { seededRandom } from '../../../kernel/random.ts';
import { tooDeep } from '../../depth.ts';
import type { Intrinsic } from './arguments.ts';

/** JSON and numbers. */
export const jsonFunctions: { readonly [name: string]: Intrinsic } = {
  'States.JsonToString': (args) => {
    args.count(1);
    return JSON.stringify(args.any(0));
  },
  'States.StringToJson': (args) => {
    args.count(1);
    let value: Json;
    try {
      value = JSON.parse(args.text(0)) as Json;
    } catch (cause) {
      return args.refuse(`cannot parse its argument: ${String(cause)}`);
    }
    return tooDeep(value) ? args.refuse('cannot parse its argument: it is nested too deeply') : value;
  },
  'States.JsonMerge': (args) => {
    args.count(3);
    if (args.any(2) !== false) args.refuse('only does shallow merges: its third argument must be false');
    return { ...args.object(0), ...args.object(1) };
  },
  'States.MathAdd': (args) => {
    args.count(2);
    return args.whole(0) + args.whole(1);
  },
  'States.MathRandom': (args, random) => {
    args.count(2, 3);
    const [from, to] = [args.whole(0), args.whole(1)];
    if (from >= to) args.refuse('wants a start before its end');
    const source = args.values.length === 3 ? seededRandom(args.whole(2)) : random;
    return from + Math.floor(source.next() * (to - from));
  },
};
