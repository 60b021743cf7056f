/** A port of a container, and the one of its host by which it is reached. */
export interface PortBinding {
  /** Its name. */
  readonly container: string;
  readonly containerPort: number;
  readonly hostPort: number;
}
