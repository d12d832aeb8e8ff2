"""A deployment on loopback that speaks the Peltarion Deployment API with NumPy and Pillow: nothing of the client's is
used here. Arrays are read by np.load, pictures by Pillow; what it decoded, down to the bits, is told at GET /seen.

    python3 numpy-server.py SAMPLE FORM TOKEN

SAMPLE is animal, digits or triage; FORM is flat or npy: how its replies write arrays. It prints its port and ends
when its standard input does.
"""

import base64
import email.message
import hashlib
import io
import json
import re
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
from PIL import Image

SAMPLE, FORM, TOKEN = sys.argv[1:4]
NPY = "application/x.peltarion.npy"
PREFIX = "/deployment/numpy"
seen = []
guard = threading.Lock()


class Refused(Exception):
    """What the platform would answer with status 400."""


def decode_npy(data):
    array = np.load(io.BytesIO(data), allow_pickle=False)
    return {"kind": "npy", "value": array}


def decode_image(data, media_type):
    image = Image.open(io.BytesIO(data))
    image.load()
    if Image.MIME[image.format] != media_type:
        raise Refused(f"a file of {Image.MIME[image.format]} is said to be {media_type}")
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        raise Refused("alpha channels are not supported")
    return {"kind": "image", "value": image, "mediaType": media_type, "bytes": data}


def decode_file(data, media_type):
    return decode_npy(data) if media_type == NPY else decode_image(data, media_type)


def decode_value(value):
    if isinstance(value, str) and value.startswith("data:"):
        head, text = value[5:].split(",", 1)
        media_type, *rest = head.split(";")
        if rest != ["base64"]:
            raise Refused(f"a data URL says {head}")
        return decode_file(base64.b64decode(text, validate=True), media_type)
    if isinstance(value, dict):
        if sorted(value) != ["data", "shape"]:
            raise Refused(f"an array has the members {sorted(value)}")
        # float32 of the nearest double: what NumPy makes of a list.
        array = np.array(value["data"], dtype=np.float64).astype(np.float32).reshape(value["shape"])
        return {"kind": "flat", "value": array}
    return {"kind": "plain", "value": value}


def decode_form(body, content_type):
    boundary = re.search(r'boundary="?([^";]+)"?', content_type).group(1).encode()
    first, *parts = (b"\r\n" + body).split(b"\r\n--" + boundary)
    if first != b"" or not parts or not parts[-1].startswith(b"--"):
        raise Refused("the form does not begin and end with its boundary")
    row = {}
    for part in parts[:-1]:
        head, data = part.removeprefix(b"\r\n").split(b"\r\n\r\n", 1)
        headers = email.message.Message()
        for line in head.decode("utf-8").split("\r\n"):
            name, value = line.split(":", 1)
            headers[name.strip()] = value.strip()
        name = headers.get_param("name", header="content-disposition")
        for character in '"\r\n':
            name = name.replace(f"%{ord(character):02X}", character)
        if headers.get_filename() is not None:
            row[name] = decode_file(data, headers.get_content_type())
            row[name]["fileName"] = headers.get_filename()
        elif data.lstrip().startswith(b"{"):
            row[name] = decode_value(json.loads(data))
        else:
            row[name] = {"kind": "plain", "value": data.decode("utf-8")}
    return row


def digest(data):
    return hashlib.sha256(data).hexdigest()


def told(feature):
    """What was decoded, as JSON: of arrays the bits, of pictures the pixels."""
    value = feature["value"]
    if isinstance(value, np.ndarray):
        raw = np.ascontiguousarray(value).astype(value.dtype.newbyteorder("<"), copy=False).tobytes()
        return {"kind": feature["kind"], "dtype": value.dtype.str, "shape": list(value.shape), "sha256": digest(raw)}
    if isinstance(value, Image.Image):
        picture = {key: feature[key] for key in ("kind", "mediaType", "fileName") if key in feature}
        return {**picture, **pixels(value), "file": digest(feature["bytes"])}
    return {"kind": "plain", "value": value}


def pixels(image):
    return {"mode": image.mode, "size": list(image.size), "sha256": digest(image.convert("RGB").tobytes())}


def npy_file(array, way):
    """A file as one of the ways in which NumPy writes this array."""
    if way == "fortran":
        array = np.asfortranarray(array)
    if way == "big-endian":
        array = array.astype(">f4")
    if way == "double":
        array = array.astype(np.float64)
    stream = io.BytesIO()
    version = {"version 2.0": (2, 0), "version 3.0": (3, 0)}.get(way)
    np.lib.format.write_array(stream, array, version=version, allow_pickle=False)
    return stream.getvalue()


def encode_array(array, way):
    if FORM == "flat" and way != "npy":
        return {"shape": list(array.shape), "data": array.ravel().tolist()}
    return data_url(NPY, npy_file(array, way))


def data_url(media_type, data):
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def saved(image, kind):
    stream = io.BytesIO()
    image.save(stream, format=kind)
    return stream.getvalue()


def softmax(scores):
    shifted = np.exp(np.asarray(scores, dtype=np.float64) - max(scores))
    return (shifted / shifted.sum()).tolist()


def animal(row):
    density = {"animal": 11.0, "human": 9.8}.get(row["Type"]["value"], 10.0)
    size = float(row["Size"]["value"])
    return {"Weight": density * size**3 + len(row["Sound"]["value"])}


def digits(row):
    # The first numbers of two inputs, bits and all: what comes back is what went in.
    heat = np.concatenate([row["vector"]["value"][:3], row["mask"]["value"].ravel()[:3]]).reshape(2, 3)
    image = row["Image Feature"]["value"]
    scores = [image.size[0] % 3, image.size[1] % 5, 0.5]
    return {
        "digit": dict(zip(["zero", "one", "other digit"], softmax(scores))),
        "heat map": encode_array(heat, row["caption"]["value"]),
        "cleaned": data_url("image/png", saved(image.convert("RGB"), "PNG")),
        "is blurred": min(1.0, image.size[0] / 1000),
    }


def triage(row):
    scores = [float(row["age"]["value"]) / 50, len(row["ward"]["value"]) / 10, 1.0]
    return {"severity": dict(zip(["mild", "moderate", "severe"], softmax(scores)))}


MODEL = {"animal": animal, "digits": digits, "triage": triage}[SAMPLE]


def pictures():
    """Pictures that Pillow drew, with what it sees in them."""
    generator = np.random.default_rng(7)
    colour = Image.fromarray(generator.integers(0, 256, (9, 13, 3), dtype=np.uint8), "RGB")
    made = {
        "png, RGB": saved(colour, "PNG"),
        "png, grey": saved(colour.convert("L"), "PNG"),
        "png, palette": saved(colour.quantize(16), "PNG"),
        "png, black and white": saved(colour.convert("1"), "PNG"),
        "jpeg, RGB": saved(colour, "JPEG"),
        "jpeg, grey": saved(colour.convert("L"), "JPEG"),
        "png, RGBA": saved(colour.convert("RGBA"), "PNG"),
    }
    listed = []
    for name, data in made.items():
        image = Image.open(io.BytesIO(data))
        listed.append({"name": name, "base64": base64.b64encode(data).decode(), **pixels(image)})
    return listed


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body):
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def do_GET(self):
        found = {"/seen": lambda: list(seen), "/pictures": pictures}.get(self.path)
        self.answer(*((404, {}) if found is None else (200, found())))

    def do_DELETE(self):
        seen.clear()
        self.answer(200, {})

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.answer(401, {"errorCode": "UNAUTHORIZED", "errorMessage": "The token is not valid."})
        if self.path != f"{PREFIX}/forward":
            return self.answer(404, {"errorCode": "NOT_FOUND", "errorMessage": "There is no such deployment."})
        try:
            self.answer(200, self.scored(body))
        except (Refused, ValueError, KeyError) as error:
            self.answer(400, {"errorCode": "BAD_INPUT", "errorMessage": repr(error)})

    def scored(self, body):
        content_type = self.headers["Content-Type"]
        is_form = content_type.startswith("multipart/form-data")
        sent = None if is_form else json.loads(body)
        if sent is not None and list(sent) != ["rows"]:
            raise Refused(f"a body has the members {list(sent)}")
        rows = (
            [decode_form(body, content_type)]
            if is_form
            else [{name: decode_value(value) for name, value in row.items()} for row in sent["rows"]]
        )
        with guard:
            seen.append({
                "contentType": content_type.split(";")[0],
                "userAgent": self.headers["User-Agent"],
                "rows": [{name: told(value) for name, value in row.items()} for row in rows],
            })
        replies = [MODEL(row) for row in rows]
        return replies[0] if is_form else {"rows": replies}


server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
server.serve_forever()
