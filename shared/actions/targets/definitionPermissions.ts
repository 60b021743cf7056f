import { ActionFailed } from '../../platform/errors.ts';
import type { Permission } from '../contract.ts';
import type { ClusterPlace } from './ecsTarget.ts';

/** Throws ActionFailed for what is no task definition's ARN. */
export function familyOf(taskDefinition: string): string {
  const family = /task-definition\/([A-Za-z0-9_-]+):\d+$/.exec(taskDefinition)?.[1];
  if (family === undefined) throw new ActionFailed('The task definition has no valid name');
  return family;
}

/** To register a copy of a task definition, with its tags. `*` is any family. */
export function registersIn({ partition, account, region }: ClusterPlace, family: string): readonly Permission[] {
  const resource = `arn:${partition}:ecs:${region}:${account}:task-definition/${family}:*`;
  const created = { StringEquals: { 'ecs:CreateAction': 'RegisterTaskDefinition' } };
  return [
    { action: 'ecs:RegisterTaskDefinition', resource },
    // The copy keeps the tags.
    { action: 'ecs:TagResource', resource, condition: created },
  ];
}

/** To pass a role on to tasks, as whoever registers or deploys a definition that names it does. */
export const passesOn = (role: string): Permission => ({
  action: 'iam:PassRole',
  resource: role,
  condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
});

/** As long as nothing is chosen. */
export const anyRole = ({ partition, account }: ClusterPlace): string => `arn:${partition}:iam::${account}:role/*`;
