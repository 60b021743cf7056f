/** The variables that serverless.yml sets, by what they are for; each function reads those that it needs, once. */
export const base = ['AWS_REGION', 'STAGE', 'TABLE'] as const;
export const bucket = ['BUCKET'] as const;
export const machine = ['STATE_MACHINE'] as const;
export const topics = ['PAGE_TOPIC', 'NOTICE_TOPIC', 'DIGEST_TOPIC'] as const;
export const responder = ['RESPONDER_ROLE'] as const;
export const source = ['SOURCE', 'DEAD_LETTERS'] as const;
export const defaultMode = ['DEFAULT_MODE'] as const;
