"""Writes the trained network as a quantised ONNX file, node by node.

Weights of matrices are whole numbers of seven bits with a scale a column: seven and not eight, because processors
without VNNI add two products in sixteen bits, which eight would overflow, and the reader must give the same marks on
any machine. A window is run alone, so the scale of its activations hangs on nothing else. The table of pieces has
eight bits and a scale a row.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from training.model import ARC_WIDTH, ARCS, FEATURES, HEADS, WIDTH, Encoder

OPSET = [helper.make_opsetid("", 20), helper.make_opsetid("com.microsoft", 1)]
MOST = 63


class Graph:
    """Nodes and constants under way."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def constant(self, name: str, value: np.ndarray) -> str:  # type: ignore[type-arg]
        self.constants.append(numpy_helper.from_array(value.copy(order="C"), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: object) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], domain=domain, **attributes))
        return output

    def linear(self, name: str, x: str, weight: np.ndarray, bias: np.ndarray) -> str:  # type: ignore[type-arg]
        """x @ weight.T + bias, the weight [out, in] in seven bits with a scale for each output."""
        scale = np.maximum(np.abs(weight).max(1), 1e-8) / MOST
        whole = np.rint(weight / scale[:, None]).astype(np.int8).T
        inputs = [
            x,
            self.constant(f"{name}.w", whole),
            self.constant(f"{name}.s", scale.astype(np.float32)),
            self.constant(f"{name}.z", np.zeros(len(scale), np.int8)),
            self.constant(f"{name}.b", bias.astype(np.float32)),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.y", "com.microsoft")

    def norm(self, name: str, x: str, layer: nn.LayerNorm) -> str:
        inputs = [x, self.constant(f"{name}.g", array(layer.weight)), self.constant(f"{name}.c", array(layer.bias))]
        return self.node("LayerNormalization", inputs, f"{name}.y", axis=-1, epsilon=layer.eps)


def array(value: Tensor) -> np.ndarray:  # type: ignore[type-arg]
    return value.detach().float().numpy().astype(np.float32)


def export(net: Encoder, path: Path) -> None:
    """Inputs: `pieces` [n], `features` [8, n], `slots` [n, 2], `heads` [words]. Outputs: `answers` [words, all heads
    side by side] and `arcs` [4, words, words]."""
    g = Graph()
    table = array(net.word.weight)
    scale = np.maximum(np.abs(table).max(1), 1e-8) / 127
    g.constant("word.w", np.rint(table / scale[:, None]).astype(np.int8))
    g.constant("word.s", scale[:, None].astype(np.float32))
    rows = g.node("Cast", [g.node("Gather", ["word.w", "pieces"], "word.rows")], "word.float", to=TensorProto.FLOAT)
    x = g.node("Mul", [rows, g.node("Gather", ["word.s", "pieces"], "word.scales")], "word.y")
    size = g.node("Shape", ["pieces"], "n")
    g.constant("zero", np.array([0], np.int64))
    places = g.node("Slice", [g.constant("position.w", array(net.position.weight)), "zero", size, "zero"], "position.y")
    x = g.node("Add", [x, places], "sum.0")
    for number, (name, _) in enumerate(FEATURES.items()):
        if net.parse or name not in ("tag", "dep"):
            column = g.node(
                "Gather", ["features", g.constant(f"{name}.k", np.array(number, np.int64))], f"{name}.ids", axis=0
            )
            rows = g.node("Gather", [g.constant(f"{name}.w", array(net.features[name].weight)), column], f"{name}.y")
            x = g.node("Add", [x, rows], f"sum.{name}")
    slots = g.node("Gather", [g.constant("slot.w", array(net.slot.weight)), "slots"], "slot.rows")
    one = g.constant("one", np.array([1], np.int64))
    x = g.node("Add", [x, g.node("ReduceSum", [slots, one], "slot.y", keepdims=0)], "sum.slot")
    x = g.node("Unsqueeze", [g.norm("norm", x, net.norm), "zero"], "x.0")
    for number, layer in enumerate(net.layers):
        x = _layer(g, f"l{number}", x, layer)
    words = g.node("Gather", [x, "heads"], "words", axis=1)
    parts = [*net.heads.values(), net.asks, net.answers, net.alone]
    y = g.linear(
        "ask", words, np.concatenate([array(p.weight) for p in parts]), np.concatenate([array(p.bias) for p in parts])
    )
    y = g.node("Squeeze", [y, "zero"], "all")
    sizes = [sum(HEADS.values()), len(ARCS) * ARC_WIDTH, len(ARCS) * ARC_WIDTH, len(ARCS)]
    g.nodes.append(
        helper.make_node(
            "Split",
            [y, g.constant("sizes", np.array(sizes, np.int64))],
            ["answers", "asks", "replies", "alone"],
            axis=1,
        )
    )
    shape = g.constant("arc.shape", np.array([0, len(ARCS), ARC_WIDTH], np.int64))
    asks = g.node("Transpose", [g.node("Reshape", ["asks", shape], "asks.r")], "asks.t", perm=[1, 0, 2])
    replies = g.node("Transpose", [g.node("Reshape", ["replies", shape], "replies.r")], "replies.t", perm=[1, 2, 0])
    dots = g.node("MatMul", [asks, replies], "dots")
    scaled = g.node("Mul", [dots, g.constant("arc.scale", np.array(ARC_WIDTH**-0.5, np.float32))], "dots.s")
    alone = g.node("Unsqueeze", [g.node("Transpose", ["alone"], "alone.t", perm=[1, 0]), one], "alone.u")
    g.node("Add", [scaled, alone], "arcs")
    graph = helper.make_graph(
        g.nodes,
        "encoder",
        [helper.make_tensor_value_info("pieces", TensorProto.INT64, ["n"]),
         helper.make_tensor_value_info("features", TensorProto.INT64, [len(FEATURES), "n"]),
         helper.make_tensor_value_info("slots", TensorProto.INT64, ["n", 2]),
         helper.make_tensor_value_info("heads", TensorProto.INT64, ["w"])],
        [helper.make_tensor_value_info("answers", TensorProto.FLOAT, ["w", sizes[0]]),
         helper.make_tensor_value_info("arcs", TensorProto.FLOAT, [len(ARCS), "w", "w"])],
        g.constants,
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=OPSET, producer_name="detente", ir_version=10)
    path.write_bytes(model.SerializeToString())


def _layer(g: Graph, at: str, x: str, layer: nn.Module) -> str:
    qkv = g.linear(f"{at}.qkv", x, array(layer.qkv.weight), array(layer.qkv.bias))
    sizes = g.constant(f"{at}.sizes", np.array([WIDTH] * 3, np.int64))
    names = [f"{at}.{part}" for part in "qkv"]
    g.nodes.append(helper.make_node("Split", [qkv, sizes], names, axis=-1))
    mixed = g.node("MultiHeadAttention", names, f"{at}.mixed", "com.microsoft", num_heads=layer.heads)
    out = g.linear(f"{at}.out", mixed, array(layer.out.weight), array(layer.out.bias))
    x = g.norm(f"{at}.norm1", g.node("Add", [x, out], f"{at}.sum1"), layer.norm1)
    up = g.node("Gelu", [g.linear(f"{at}.up", x, array(layer.up.weight), array(layer.up.bias))], f"{at}.gelu")
    down = g.linear(f"{at}.down", up, array(layer.down.weight), array(layer.down.bias))
    return g.norm(f"{at}.norm2", g.node("Add", [x, down], f"{at}.sum2"), layer.norm2)
