import { PLATFORM_PROPERTY } from '@mooring/runtime/openapi';
import { platformNames } from '@mooring/adapters';
import { type Platform, type Reason, REASON_TEXTS, REASONS, fillText } from '@mooring/contracts';
import { ApiProperty } from '@nestjs/swagger';
import type { Alert, AlertedConnection } from './ports.ts';

/** A connection of an alert. */
export class AlertConnectionView {
  @ApiProperty({ format: 'uuid' })
  connectionId: string;
  @ApiProperty()
  displayName: string;
  @ApiProperty({ format: 'date-time' })
  joinedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  leftAt: string | null;
  @ApiProperty({ enum: ['healed', 'removed'], type: String, nullable: true })
  outcome: AlertedConnection['outcome'];
}

/** One incident. */
export class AlertView {
  @ApiProperty({ format: 'uuid' })
  id: string;
  @ApiProperty(PLATFORM_PROPERTY)
  platform: Platform;
  @ApiProperty({ enum: REASONS, type: String, nullable: true })
  reason: Reason | null;
  @ApiProperty({ type: String, nullable: true, description: 'The reason in plain words.' })
  reasonTitle: string | null;
  @ApiProperty({ format: 'date-time' })
  openedAt: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Null while it is open.' })
  closedAt: string | null;
  @ApiProperty({ type: [AlertConnectionView] })
  connections: AlertConnectionView[];
}

/** Answer of GET /v1/alerts. */
export class AlertsView {
  @ApiProperty({
    type: [AlertView],
    description: 'Open ones first, then those closed in the last 30 days; at most 100.',
  })
  data: AlertView[];
}

export function alertsView(alerts: readonly Alert[]): AlertsView {
  return { data: alerts.map(alertView) };
}

function alertView(alert: Alert): AlertView {
  const title =
    alert.reason && fillText(REASON_TEXTS[alert.reason].title, { Platform: platformNames(alert.platform).name });
  return {
    id: alert.id,
    platform: alert.platform,
    reason: alert.reason,
    reasonTitle: title,
    openedAt: alert.openedAt.toISOString(),
    closedAt: alert.closedAt?.toISOString() ?? null,
    connections: alert.connections.map((connection) => ({
      connectionId: connection.connectionId,
      displayName: connection.displayName,
      joinedAt: connection.joinedAt.toISOString(),
      leftAt: connection.leftAt?.toISOString() ?? null,
      outcome: connection.outcome,
    })),
  };
}
