/** Whether a tag matches a filter of ECR, in which `*` stands for any characters or none. */
export const matchesWildcard = (filter: string, tag: string): boolean =>
  new RegExp(`^${filter.split('*').map(literal).join('.*')}$`).test(tag);

export const wildcardsIn = (filter: string): number => filter.split('*').length - 1;

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
