//! What a [`TerrainError`](super::TerrainError) says in Vietnamese. English is with the error itself; what the system or
//! another library says is in the table of `lang`, or stays as it is.

use crate::lang::{Lang, said};

/// A reason or an advice in Vietnamese.
pub(super) fn phrase(english: &str) -> String {
    if let Some((_, vi)) = PHRASES.iter().find(|(en, _)| *en == english) {
        return (*vi).to_owned();
    }
    if let Some((vi, rest)) = BEGINNINGS.iter().find_map(|(en, vi)| Some((vi, english.strip_prefix(en)?))) {
        // What another library says stands behind, in brackets.
        let why = rest.strip_prefix(" (").and_then(|rest| rest.strip_suffix(')'));
        return match why {
            Some(why) => format!("{vi} ({})", said(why, Lang::Vi)),
            None => format!("{vi}{rest}"),
        };
    }
    if let Some(bytes) = english.strip_suffix(HGT_SIZES) {
        return format!("có {bytes} byte độ cao; tệp 3″ có 2884802 byte, tệp 1″ có 25934402 byte");
    }
    if let Some(name) =
        english.strip_prefix("the name ").and_then(|rest| rest.strip_suffix(" says no corner"))
    {
        return format!("tên {name} không cho biết góc nào");
    }
    said(english, Lang::Vi)
}

const HGT_SIZES: &str = " bytes of heights; a 3″ tile has 2884802, a 1″ tile 25934402";

const BEGINNINGS: &[(&str, &str)] = &[
    ("not a readable zip", "không đọc được tệp zip"),
    ("not a readable TIFF", "không đọc được tệp TIFF"),
    ("the heights end early", "dữ liệu độ cao bị cắt cụt"),
    ("the reference system", "hệ toạ độ không được đọc:"),
];

const PHRASES: &[(&str, &str)] = &[
    ("Download the tile again, or leave it out of the folder", "Hãy tải lại tệp, hoặc bỏ nó khỏi thư mục"),
    ("Download or copy it again", "Hãy tải hoặc chép lại tệp"),
    (
        "Check it with gdalinfo; download or convert it again (gdal_translate), or leave it out",
        "Hãy kiểm tra bằng gdalinfo; tải hoặc chuyển đổi lại (gdal_translate), hoặc bỏ tệp này",
    ),
    (
        "Convert it with: gdal_translate -co TILED=YES -co COMPRESS=DEFLATE IN.tif OUT.tif",
        "Hãy chuyển đổi: gdal_translate -co TILED=YES -co COMPRESS=DEFLATE IN.tif OUT.tif",
    ),
    (
        "Convert it with: gdalwarp -t_srs EPSG:4326 IN.tif OUT.tif",
        "Hãy chuyển đổi: gdalwarp -t_srs EPSG:4326 IN.tif OUT.tif",
    ),
    (
        "Convert it with: gdal_translate -ot Float32 IN.tif OUT.tif",
        "Hãy chuyển đổi: gdal_translate -ot Float32 IN.tif OUT.tif",
    ),
    (
        "Take one out with: gdal_translate -b 1 IN.tif OUT.tif",
        "Hãy lấy ra một kênh: gdal_translate -b 1 IN.tif OUT.tif",
    ),
    (
        "Write metres with: gdal_translate -unscale -ot Float32 IN.tif OUT.tif",
        "Hãy ghi lại theo mét: gdal_translate -unscale -ot Float32 IN.tif OUT.tif",
    ),
    (
        "Write the mask into the values with: gdalwarp -dstnodata -32768 IN.tif OUT.tif",
        "Hãy đưa mặt nạ vào giá trị: gdalwarp -dstnodata -32768 IN.tif OUT.tif",
    ),
    (
        "If you know it, add it with: gdal_translate -a_srs EPSG:4326 IN.tif OUT.tif",
        "Nếu biết, hãy thêm vào: gdal_translate -a_srs EPSG:4326 IN.tif OUT.tif",
    ),
    ("Cut out the area with gdal_translate -projwin", "Hãy cắt lấy khu vực bằng gdal_translate -projwin"),
    ("Give a land-cover raster of classes", "Hãy đưa tệp lớp phủ gồm các mã lớp"),
    (
        "Give a raster of WorldCover classes (10, 20 … 100) as land_cover; elevation goes under terrain",
        "Hãy đưa tệp các mã lớp WorldCover (10, 20 … 100) vào land_cover; độ cao thì ghi ở terrain",
    ),
    ("Check the file's reference system with gdalinfo", "Hãy kiểm tra hệ toạ độ của tệp bằng gdalinfo"),
    (
        "Name it after its south-western corner, as N19E104.hgt",
        "Hãy đặt tên theo góc tây nam, như N19E104.hgt",
    ),
    ("Unpack the tiles of the area into the folder", "Hãy giải nén các tệp của khu vực vào thư mục"),
    ("Unpack it with its password into the folder", "Hãy giải nén bằng mật khẩu vào thư mục"),
    ("the number of files in the zip", "số tệp trong zip"),
    ("not a gzip file", "không phải tệp gzip"),
    ("encrypted", "có mật khẩu"),
    ("fewer values than its header says", "ít giá trị hơn phần đầu tệp ghi"),
    ("more heights come out of it than its size says", "giải nén ra nhiều độ cao hơn kích thước ghi"),
    ("the file ends before its values do", "tệp bị cắt cụt"),
    ("several bands", "nhiều kênh"),
    ("inverted greys (WhiteIsZero)", "thang xám đảo ngược (WhiteIsZero)"),
    ("classes that are no whole numbers", "mã lớp không phải số nguyên"),
    ("an internal mask", "có mặt nạ bên trong"),
    ("no geographic reference system", "không có hệ toạ độ địa lý"),
    ("no projected reference system", "không có hệ toạ độ phẳng"),
    ("no reference system", "không có hệ toạ độ"),
    ("a rotated or south-up grid", "lưới bị xoay hoặc lật"),
    ("nothing that says where it lies", "không có thông tin vị trí"),
    ("tie points other than one", "số điểm nối khác một"),
    (
        "corners that lie outside of the earth or of its zone",
        "các góc nằm ngoài trái đất hoặc ngoài múi chiếu",
    ),
    ("its corners lie outside of its zone", "các góc nằm ngoài múi chiếu"),
    (
        "a strip or tile is not of the size or kind that the header says",
        "một phần dữ liệu không đúng kích thước hoặc loại như phần đầu tệp ghi",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::TerrainError;
    use crate::lang::Lang;

    #[test]
    fn what_is_wrong_with_a_tile_is_said_in_vietnamese() {
        let path = std::path::Path::new("N19E104.hgt");
        let fault = |reason: &str| {
            TerrainError::unreadable(path, reason, "Download or copy it again").message(Lang::Vi)
        };
        assert_eq!(
            fault("1000 bytes of heights; a 3″ tile has 2884802, a 1″ tile 25934402"),
            "N19E104.hgt: tệp hỏng hoặc không dùng được (có 1000 byte độ cao; tệp 3″ có 2884802 byte, tệp 1″ có \
             25934402 byte). Hãy tải hoặc chép lại tệp"
        );
        assert!(fault("the name `a.hgt` says no corner").contains("tên `a.hgt` không cho biết góc nào"));
        assert!(fault("the heights end early (x)").contains("bị cắt cụt (x)"));
    }
}
