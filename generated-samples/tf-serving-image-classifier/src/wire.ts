export interface paths {
    "/v1/models/flowers/versions/1:predict": {
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
            requestBody?: components["requestBodies"]["modelInput"];
            responses: {
                200: components["responses"]["modelOutput"];
            };
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
    schemas: never;
    responses: {
        /** @description Model output */
        modelOutput: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    predictions: {
                        key: string;
                        prediction: number;
                        scores: number[];
                    }[];
                };
            };
        };
    };
    parameters: never;
    requestBodies: {
        modelInput: {
            content: {
                "application/json": {
                    instances: {
                        image_bytes: {
                            b64?: string;
                        };
                        key: string;
                    }[];
                };
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
