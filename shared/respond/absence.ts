/** An absence counts when two reads that are at least this far apart agree: AWS's lists may lag. */
export const readsApartMs = 30_000;
