import { AlertsController } from '../alerts/alerts.controller.ts';
import { NotificationsController } from '../feed/notifications.controller.ts';
import { LiveController } from '../live/live.controller.ts';

/** The controllers of the documented API. */
export const API_CONTROLLERS = [LiveController, NotificationsController, AlertsController];
