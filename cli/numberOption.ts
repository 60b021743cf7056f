import { InvalidArgumentError } from 'commander';

/** Reads an option's number, which must lie between two. */
export const within =
  (least: number, most: number, whole: boolean) =>
  (text: string): number => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`It must be a ${whole ? 'whole number' : 'number'} from ${least} to ${most}.`);
  };

/** What one seed decides is the same in every command. */
export const seedOption = within(0, 4_294_967_295, true);
