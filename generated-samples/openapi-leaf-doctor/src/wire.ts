export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Health */
        get: operations["health_health_get"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predict": {
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
         * @description Diagnose a plant from measurements.
         */
        post: operations["predict_predict_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predict/picture": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Predict Picture
         * @description Diagnose a plant from a picture of a leaf.
         */
        post: operations["predict_picture_predict_picture_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Explain
         * @description Explain a diagnosis, word by word.
         */
        post: operations["explain_explain_post"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plants/{plant}/diseases": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List Diseases */
        get: operations["list_diseases_plants__plant__diseases_get"];
        put?: never;
        post?: never;
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
        /** Body_predict_picture_predict_picture_post */
        Body_predict_picture_predict_picture_post: {
            /**
             * Picture
             * @description A PNG or JPEG of one leaf.
             */
            picture: string;
            /** Mask */
            mask?: string | null;
            /** @description What the leaf is of. */
            plant: components["schemas"]["Plant"];
            /**
             * Top K
             * @default 3
             */
            top_k: number;
        };
        /** Diagnosis */
        Diagnosis: {
            disease: components["schemas"]["DiseaseName"];
            /** Probabilities */
            probabilities: {
                [key: string]: number;
            };
            /** Severity */
            severity?: number | null;
            /**
             * Regions
             * @default []
             */
            regions: components["schemas"]["Region"][];
        };
        /** Disease */
        Disease: {
            name: components["schemas"]["DiseaseName"];
            /** Treatments */
            treatments: string[];
            /**
             * Seen At
             * Format: date-time
             */
            seen_at?: string;
        };
        /**
         * DiseaseName
         * @enum {string}
         */
        DiseaseName: "healthy" | "leaf-rust" | "powdery mildew";
        /** HTTPValidationError */
        HTTPValidationError: {
            /** Detail */
            detail?: components["schemas"]["ValidationError"][];
        };
        /** Measurements */
        Measurements: {
            plant: components["schemas"]["Plant"];
            /**
             * Temperature
             * @description In degrees Celsius.
             */
            temperature: number;
            /**
             * Humidity
             * @description In per cent.
             */
            humidity?: number | null;
            /**
             * Spots
             * @description Diameters in millimetres.
             */
            spots: number[];
            /**
             * Model
             * @default fast
             * @enum {string}
             */
            model: "fast" | "exact";
        };
        /**
         * Plant
         * @enum {string}
         */
        Plant: "tomato" | "wheat" | "vine";
        /** Problem */
        Problem: {
            /** Message */
            message: string;
            /** Limit */
            limit?: number;
        };
        /** Question */
        Question: {
            disease: components["schemas"]["DiseaseName"];
            /**
             * Language
             * @default en
             */
            language: string;
        };
        /** Region */
        Region: {
            /** Box */
            box: [
                number,
                number,
                number,
                number
            ];
            /** Score */
            score: number;
        };
        /** Token */
        Token: {
            /** Index */
            index: number;
            /** Text */
            text: string;
        };
        /** ValidationError */
        ValidationError: {
            /** Location */
            loc: (string | number)[];
            /** Message */
            msg: string;
            /** Error Type */
            type: string;
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
    health_health_get: {
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
    predict_predict_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Measurements"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
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
    predict_picture_predict_picture_post: {
        parameters: {
            query?: {
                /** @description Leave out diseases less probable than this. */
                threshold?: number;
            };
            header?: {
                "x-request-id"?: string | null;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["Body_predict_picture_predict_picture_post"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Diagnosis"];
                };
            };
            /** @description The picture is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Problem"];
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
    explain_explain_post: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Question"];
            };
        };
        responses: {
            /** @description The explanation as it is written. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                    "text/event-stream": components["schemas"]["Token"];
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
    list_diseases_plants__plant__diseases_get: {
        parameters: {
            query?: {
                severity?: ("mild" | "severe")[] | null;
            };
            header?: never;
            path: {
                plant: components["schemas"]["Plant"];
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
                    "application/json": components["schemas"]["Disease"][];
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
}
