import { isPlatform, PLATFORMS } from '@mooring/adapters';
import type { PlanCode, Platform } from '@mooring/contracts';
import { SettingRefused } from '@mooring/runtime';
import { PLANS } from './directory.ts';

/** What one plan allows. */
export interface PlanAllowance {
  readonly platforms: readonly Platform[];
  /** Connected accounts at once, broken ones included; ad accounts and pixels are picked beside them and take no place (L-06). */
  readonly accountsMax: number;
}

/** What every plan allows (L-04). */
export type PlanMatrix = Readonly<Record<PlanCode, PlanAllowance>>;

const BASIC_PLATFORMS: readonly Platform[] = ['facebook', 'instagram'];

/** What holds where the operator says nothing. */
export const DEFAULT_PLAN_MATRIX: PlanMatrix = {
  free: { platforms: BASIC_PLATFORMS, accountsMax: 5 },
  starter: { platforms: BASIC_PLATFORMS, accountsMax: 20 },
  professional: { platforms: PLATFORMS, accountsMax: 100 },
  enterprise: { platforms: PLATFORMS, accountsMax: 1_000 },
};

/** Checks the value of PLAN_MATRIX. Throws SettingRefused. */
export function parsePlanMatrix(value: unknown): PlanMatrix {
  const plans = value as Partial<Record<PlanCode, Partial<PlanAllowance>>> | null;
  const entries = PLANS.map((plan) => {
    const { platforms, accountsMax } = plans?.[plan] ?? {};
    if (!Array.isArray(platforms) || !platforms.every(isPlatform)) {
      throw new SettingRefused(`has no list of known platforms for the plan ${plan}`);
    }
    if (!Number.isInteger(accountsMax) || (accountsMax ?? -1) < 0) {
      throw new SettingRefused(`has no whole accountsMax for the plan ${plan}`);
    }
    return [plan, { platforms, accountsMax }] as const;
  });
  return Object.fromEntries(entries) as unknown as PlanMatrix;
}

/** The plan matrix as it is injected. */
export class Plans {
  constructor(private readonly matrix: PlanMatrix) {}

  of(plan: PlanCode): PlanAllowance {
    return this.matrix[plan];
  }
}
