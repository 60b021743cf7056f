import { UsageError } from './usage.ts';

/** What Firebreak changes, as ARNs say it: whatever else is paused stops nothing. */
const changeable = [
  /^arn:[a-z-]+:ecs:[a-z0-9-]+:\d{12}:(cluster|service|task)\/[^/]+(\/[^/]+)*$/,
  /^arn:[a-z-]+:ecr:[a-z0-9-]+:\d{12}:repository\/.+$/,
  /^arn:[a-z-]+:ec2:[a-z0-9-]+:\d{12}:instance\/i-[0-9a-f]+$/,
];

/** Of an image, its repository's ARN behind which a digest stands; of anything else there is nothing behind. */
const key = /^(image|ecs-cluster|ecs-service|ecs-task|instance)\/\d{12}\/[a-z0-9-]+\/.+$/;

/** Throws UsageError for what no target is called by: a pause with a typo would stop nothing, and look as if it did. */
export function pausedTarget(text: string): string {
  if (changeable.some((form) => form.test(text)) || key.test(text)) return text;
  throw new UsageError(
    `"${text}" is no target that Firebreak changes: give the ARN of an ECS cluster, service or task, of an ECR repository or of an EC2 instance, or a target's key from "firebreak incidents show" (ecs-service/123456789012/eu-west-1/prod/checkout).`,
  );
}
