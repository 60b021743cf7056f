import type { Account, Needed } from '../../account.ts';
import type { StoredTaskDefinition } from './state.ts';

/** Whoever starts tasks with roles must be allowed to pass them to ECS. */
export const passedRoles = (
  definition: Pick<StoredTaskDefinition['settings'], 'taskRoleArn' | 'executionRoleArn'> | undefined,
  account: Account,
): readonly Needed[] =>
  [definition?.taskRoleArn, definition?.executionRoleArn].flatMap((role) =>
    role === undefined
      ? []
      : [
          {
            action: 'iam:PassRole',
            context: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' },
            resource: role.startsWith('arn:') ? role : `arn:aws:iam::${account.id}:role/${role}`,
          },
        ],
  );
