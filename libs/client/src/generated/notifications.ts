// Made by `nx run @mooring/client:generate`; not to be edited.
export interface paths {
    "/v1/alerts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Open and recent alerts of a workspace: one per incident, with the connections in it. */
        get: operations["listAlerts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Server-sent events of a workspace: toast, notice, alert, connection; ready at the start, reset after a gap.
         * @description Read it with fetch and an Authorization header. Every message has an id; Last-Event-ID resumes after it. The stream ends by itself after some minutes: come back with Last-Event-ID.
         */
        get: operations["live"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The feed of a workspace, newest first, with the unread count of the person who asks. */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/notifications/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Marks the feed as read up to a notification, for the person who asks. */
        post: operations["markNotificationsRead"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AlertConnectionView: {
            /** Format: uuid */
            connectionId: string;
            displayName: string;
            /** Format: date-time */
            joinedAt: string;
            /** Format: date-time */
            leftAt: string | null;
            /** @enum {string|null} */
            outcome: "healed" | "removed" | null;
        };
        AlertsView: {
            /** @description Open ones first, then those closed in the last 30 days; at most 100. */
            data: components["schemas"]["AlertView"][];
        };
        AlertView: {
            /**
             * Format: date-time
             * @description Null while it is open.
             */
            closedAt: string | null;
            connections: components["schemas"]["AlertConnectionView"][];
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            openedAt: string;
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            /** @enum {string|null} */
            reason: "password_changed" | "security_check" | "removed_in_settings" | "permission_removed" | "role_lost" | "inactivity" | "platform_policy" | "token_lapsed" | "refresh_failed" | "account_suspended" | "unknown" | "data_access_expired" | "refresh_answer_lost" | "key_unavailable" | null;
            /** @description The reason in plain words. */
            reasonTitle: string | null;
        };
        FieldProblem: {
            detail: string;
            /** @description JSON pointer (RFC 6901) into the request body */
            pointer: string;
        };
        MarkReadBody: {
            /**
             * @description Id of the newest notification that was read.
             * @example 1204
             */
            upTo: string;
        };
        NotificationsView: {
            /** @description Newest first. */
            data: components["schemas"]["NotificationView"][];
            hasMore: boolean;
            nextCursor: string | null;
            /** @description Unread notifications; counted up to 1000. */
            unreadCount: number;
        };
        NotificationView: {
            /** Format: uuid */
            alertId: string | null;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            code: "token_refreshed" | "refresh_refused" | "connection_expired" | "expiring_soon" | "was_cut_off" | "all_clear";
            /** Format: uuid */
            connectionId: string | null;
            /**
             * @description Grows with time.
             * @example 1204
             */
            id: string;
            /**
             * @description Name of a platform, as GET /v1/platforms lists them; more may come
             * @example linkedin
             */
            platform: string;
            /** @description Read by the person who asks. */
            read: boolean;
            /**
             * @description The notification in words.
             * @example Access token refreshed for Harbour Coffee
             */
            text: string;
            /** @enum {string} */
            tone: "success" | "warning" | "error" | "info";
        };
        Problem: {
            /** @description The next step */
            action: components["schemas"]["ProblemAction"];
            code: components["schemas"]["ProblemCode"];
            /** @description The message to people */
            detail: string;
            errors?: components["schemas"]["FieldProblem"][];
            instance?: string;
            /** @description Diagnostic id: support finds the log lines by it */
            requestId: string;
            /** @description The same request may succeed later */
            retryable: boolean;
            status: number;
            title: string;
            /** @description URI of the kind of problem */
            type: string;
        };
        /**
         * @description The next step
         * @enum {string}
         */
        ProblemAction: "try_again" | "sign_in" | "reconnect" | "start_again" | "ask_admin" | "upgrade_plan" | "change_request" | "contact_operator" | "none";
        /** @enum {string} */
        ProblemCode: "security_check_failed" | "link_expired" | "session_changed" | "permissions_declined" | "no_accounts" | "platform_unavailable" | "role_not_allowed" | "plan_limit_reached" | "platform_not_on_plan" | "wrong_account" | "platform_misconfigured" | "platform_not_available" | "return_url_not_allowed" | "account_not_offered" | "account_not_usable" | "account_already_connected" | "session_not_ready" | "unauthenticated" | "forbidden" | "acting_workspace_required" | "scope_missing" | "not_found" | "method_not_allowed" | "invalid_request" | "malformed_request" | "payload_too_large" | "hub_mismatch" | "connection_not_usable" | "not_supported" | "connection_disconnected" | "grant_not_found" | "pending_grant_gone" | "superseded" | "vault_unavailable" | "temporarily_unavailable" | "too_many_requests" | "internal_error";
        UnreadView: {
            /** @description Unread notifications; counted up to 1000. */
            unreadCount: number;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listAlerts: {
        parameters: {
            query: {
                /** @description Id of the workspace. */
                workspace: string;
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AlertsView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    live: {
        parameters: {
            query: {
                /** @description Id of the workspace. */
                workspace: string;
            };
            header?: {
                /** @description Id of the last message that was received. */
                "Last-Event-ID"?: string;
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listNotifications: {
        parameters: {
            query: {
                /** @description Where the page begins: nextCursor of the page before. */
                cursor?: string;
                limit?: number;
                /** @description Id of the workspace. */
                workspace: string;
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotificationsView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    markNotificationsRead: {
        parameters: {
            query: {
                /** @description Id of the workspace. */
                workspace: string;
            };
            header?: {
                /** @description A hub admin names the workspace to act in; what is changed is recorded with it. */
                "Mooring-Acting-Workspace"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MarkReadBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UnreadView"];
                };
            };
            /** @description Any refusal, as RFC 9457 problem details */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
