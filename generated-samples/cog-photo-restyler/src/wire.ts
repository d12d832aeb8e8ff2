export interface paths {
    "/": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Root */
        get: operations["root__get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Healthcheck */
        get: operations["healthcheck_health_check_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predictions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict
         * @description Run a single prediction on the model
         */
        post: operations["predict_predictions_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predictions/{prediction_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Predict Idempotent
         * @description Run a single prediction on the model (idempotent creation).
         */
        put: operations["predict_idempotent_predictions__prediction_id__put"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predictions/{prediction_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel
         * @description Cancel a running prediction
         */
        post: operations["cancel_predictions__prediction_id__cancel_post"];
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
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** Input */
        Input: {
            /**
             * @description What kind of file to give back.
             * @default png
             */
            format: components["schemas"]["format"];
            /**
             * Photo
             * Format: uri
             * @description The photo to paint anew.
             */
            photo: string;
            /**
             * Seed
             * @description Leave out for a different picture each time.
             */
            seed?: number | null;
            /**
             * Strength
             * @description How far the picture may go from the photo.
             * @default 0.6
             */
            strength: number;
            /** @description The manner of painting. */
            style: components["schemas"]["style"];
        };
        /**
         * Output
         * Format: uri
         * @description The painted picture.
         */
        Output: string;
        /** PredictionRequest */
        PredictionRequest: {
            /** Id */
            id?: string;
            input?: components["schemas"]["Input"];
            /**
             * Webhook
             * Format: uri
             */
            webhook?: string;
        };
        /** PredictionResponse */
        PredictionResponse: {
            /**
             * Completed At
             * Format: date-time
             */
            completed_at?: string;
            /** Error */
            error?: string;
            /** Id */
            id?: string;
            input?: components["schemas"]["Input"];
            /**
             * Logs
             * @default
             */
            logs: string;
            /** Metrics */
            metrics?: Record<string, never>;
            output?: components["schemas"]["Output"];
            status?: components["schemas"]["Status"];
        };
        /**
         * Status
         * @description An enumeration.
         * @enum {string}
         */
        Status: "starting" | "processing" | "succeeded" | "canceled" | "failed";
        /** ValidationError */
        ValidationError: {
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
        };
        /**
         * format
         * @description An enumeration.
         * @enum {string}
         */
        format: "png" | "jpg";
        /**
         * style
         * @description An enumeration.
         * @enum {string}
         */
        style: "oil" | "ink" | "charcoal";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    root__get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    healthcheck_health_check_get: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    predict_predictions_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PredictionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    predict_idempotent_predictions__prediction_id__put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prediction_id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["PredictionRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictionResponse"];
                };
            };
            /** @description Validation Error */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HTTPValidationError"];
                };
            };
        };
    };
    cancel_predictions__prediction_id__cancel_post: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                prediction_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
}
