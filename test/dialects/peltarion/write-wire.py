"""Writes the transcripts in */wire: what goes over the wire, made with real NumPy and Pillow.

The bodies are those of the vendor's client, batches of {"rows": [...]}: arrays as {"shape", "data"} in C order
where the description has the flag, as data URLs of .npy files where it has not. Run it from this folder.
"""

import base64
import io
import json
import pathlib

import numpy as np
from PIL import Image

HERE = pathlib.Path(__file__).parent


def write(fixture, name, transcript):
    path = HERE / fixture / "wire" / f"{name}.json"
    path.write_text(json.dumps(transcript, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def data_url(media_type, data):
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def flat(array):
    return {"shape": list(array.shape), "data": array.flatten().tolist()}


def npy(array):
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return data_url("application/x.peltarion.npy", file.getvalue())


def picture(kind, shade):
    file = io.BytesIO()
    Image.new("RGB", (2, 2), (shade, 255 - shade, 7)).save(file, kind)
    return file.getvalue()


def array(shape, start):
    # Eighths are exact in float32 and in decimal, so a transcript says what it means.
    return ((np.arange(np.prod(shape)) + start) / 8).reshape(shape).astype("<f4")


def animals():
    rows = [
        {"Type": "animal", "Sound": "miaow", "Size": 0.4},
        {"Type": "insect", "Sound": "tweet", "Size": 1e-3},
        {"Type": "human", "Sound": "moo", "Size": 2},
    ]
    answers = [{"Weight": 3.25}, {"Weight": 0.001}, {"Weight": 74}]
    for name, count in (("one-row", 1), ("batch", 3)):
        write("animal-table", name, transcript(rows[:count], rows[:count], answers[:count], answers[:count]))


def arrays(fixture, form):
    given, sent, answered, wanted = [], [], [], []
    for index, kind in enumerate(("PNG", "JPEG")):
        media_type = f"image/{kind.lower()}"
        photo = data_url(media_type, picture(kind, index))
        grid, vector, mask = array((10, 10, 3), index), array((5,), -20), array((2, 2), index)
        plain = {"Image Feature": photo, "caption": 'a "digit"\n\u2028 – №'}
        given.append({**plain, "features.npy_0": grid.tolist(), "vector": vector.tolist(), "mask": mask.tolist()})
        sent.append({**plain, "features.npy_0": form(grid), "vector": form(vector), "mask": npy(mask)})
        digit = {"zero": 0.25, "other digit": 0.7, "one": 0.05}
        heat, cleaned = array((2, 3), index), picture(kind, 200 + index)
        answered.append({"digit": digit, "heat map": form(heat), "cleaned": data_url(media_type, cleaned), "is blurred": 0.125})
        wanted.append(
            {
                "digit": digit,
                "heat map": {"dtype": "float32", **flat(heat)},
                "cleaned": {"mediaType": media_type, "base64": base64.b64encode(cleaned).decode()},
                "is blurred": 0.125,
            }
        )
    write(fixture, "batch", transcript(given, sent, answered, wanted))


def triage():
    photo = data_url("image/png", picture("PNG", 9))
    rows = [{"age": 71, "photo": photo, "ward": "north"}]
    answers = [{"severity": {"2": 0.5, "0": 0.25, "1": 0.25}}]
    write("categorical-size-only", "one-row", transcript(rows, rows, answers, answers))


def transcript(given, sent, answered, wanted):
    """What the caller gives, the request's body, the reply's body, what the caller gets."""
    return {"given": given, "request": {"rows": sent}, "reply": {"rows": answered}, "want": wanted}


animals()
arrays("image-and-arrays", flat)
arrays("image-and-arrays-npy", npy)
triage()
