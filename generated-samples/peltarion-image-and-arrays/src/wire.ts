export interface paths {
    "/deployment/{deploymentId}/forward": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                deploymentId: string;
            };
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Predict */
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
             * @description A photo of one digit.
             *
             *     PNG or JPEG; any size.
             */
            "Image Feature"?: string;
            "features.npy_0"?: components["schemas"]["grid"];
            /** @description Five readings. */
            vector?: unknown;
            /** @description Where to look. */
            mask?: unknown;
            /** @description What somebody wrote below it. */
            caption?: string;
        };
        "input-row-batch": {
            rows?: components["schemas"]["input-row"][];
        };
        /** @description Three channels of a ten by ten grid. */
        grid: {
            shape?: number[];
            data?: number[];
        };
        "output-row": {
            /** @description Which digit the picture shows. */
            digit?: {
                zero?: number;
                one?: number;
                "other digit"?: number;
            };
            /** @description How much each place of the grid mattered. */
            "heat map"?: unknown;
            /** @description The photo without its noise. */
            cleaned?: string;
            /** @description Probability that the photo is blurred. */
            "is blurred"?: number;
        };
        "output-row-batch": {
            rows?: components["schemas"]["output-row"][];
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
            path: {
                deploymentId: string;
            };
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
