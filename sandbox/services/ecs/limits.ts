export interface CircuitBreaker {
  readonly enable: boolean;
  readonly rollback: boolean;
  readonly resetOnHealthyTask?: boolean;
  readonly thresholdConfiguration?: {
    readonly type: 'COUNT' | 'BOUNDED_PERCENT' | 'UNBOUNDED_PERCENT';
    readonly value: number;
  };
}

export interface DeploymentLimits {
  readonly minimumHealthyPercent: number;
  readonly maximumPercent: number;
  readonly circuitBreaker: CircuitBreaker;
}
