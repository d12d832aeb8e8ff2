export interface paths {
    "/deployment/{deploymentId}/forward": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: never;
        };
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
            /** @description A photo of one digit. */
            "Image Feature"?: unknown;
            "features.npy_0"?: unknown;
            vector?: unknown;
            mask?: unknown;
            caption?: unknown;
        };
        "output-row-batch": {
            rows?: {
                digit?: unknown;
                "heat map"?: unknown;
                cleaned?: unknown;
                "is blurred"?: unknown;
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
