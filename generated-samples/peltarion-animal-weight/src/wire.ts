export interface paths {
    "/deployment/5b6a3f70-6c5e-4d0c-9d4f-0d3a7d1c2e11/forward": {
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
         * @description Scores one or many animals.
         */
        post: operations["forward"];
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
        "input-row": {
            /**
             * @description What kind of creature it is.
             * @enum {string}
             */
            Type?: "animal" | "human" | "insect";
            /**
             * @description The sound that it makes.
             * @enum {string}
             */
            Sound?: "miaow" | "woof" | "moo" | "tweet";
            /** @description Height at the shoulder in metres. */
            Size?: number;
        };
        "input-row-batch": {
            rows?: components["schemas"]["input-row"][];
        };
        "output-row-batch": {
            rows?: {
                /** @description Weight in kilograms. */
                Weight?: number;
            };
        };
        error: {
            errorCode?: string;
            errorMessage?: string;
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
    forward: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["input-row-batch"];
            };
        };
        responses: {
            /** @description One row for each example, in the order of the request. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["output-row-batch"];
                };
            };
            /** @description An example does not fit the features; none was scored. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["error"];
                };
            };
        };
    };
}
