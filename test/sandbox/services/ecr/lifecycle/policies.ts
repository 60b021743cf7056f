interface Rule {
  readonly rulePriority?: number;
  readonly selection?: object;
  readonly action?: object;
}

/** A rule that expires what is older than 14 days, whatever its tags, but for what is given. */
export const rule = ({ rulePriority = 1, selection = {}, action = { type: 'expire' } }: Rule = {}) => ({
  rulePriority,
  selection: { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14, ...selection },
  action,
});

export const toArchive = { type: 'transition', targetStorageClass: 'archive' };

/** A selection by count: it has no unit. */
export const count = (countNumber: number) => ({
  countType: 'imageCountMoreThan',
  countUnit: undefined,
  countNumber,
});

/** As it is put. */
export const policy = (...rules: readonly object[]): string => JSON.stringify({ rules });
